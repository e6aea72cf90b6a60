@echo off
rem Opens ntmtrack: finds a Python that this bundle has wheels for; start\start.py does the rest.
rem Exit codes: those of ntmtrack; 10 no such Python; 11 the .zip is not unpacked; 12 nothing could be installed.
rem Only ASCII in here: Vietnamese is in text files, which are shown as they are. What is found is called from
rem within the folder start, so that no path with &, ( or ! in it is read a second time.
setlocal EnableExtensions DisableDelayedExpansion
set "NTM_TEXT=chua-co-python.txt"
chcp 65001 >nul 2>nul
if errorlevel 1 set "NTM_TEXT=chua-co-python-khong-dau.txt"
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "NTMTRACK_START_FOLDER=%CD%"
if not exist "%~dp0start\start.py" goto packed
pushd "%~dp0start"
if not exist start.py goto packed

rem The stub of the Microsoft Store, which stands for a Python that is not there, fails here and opens nothing.
set "NTM_PYTHON="
for %%v in (3 @VERSIONS@) do call :try py -%%v
for %%p in (python.exe python3.exe) do call :try %%p
if not defined NTM_PYTHON goto nopython

%NTM_PYTHON% -I start.py %*
set "NTM_CODE=%ERRORLEVEL%"
popd
if not "%NTM_CODE%"=="0" if "%~1"=="" pause
exit /b %NTM_CODE%

:try
if defined NTM_PYTHON exit /b
%* -I start.py --probe >nul 2>nul
if "%ERRORLEVEL%"=="0" set "NTM_PYTHON=%*"
exit /b

:nopython
type "%NTM_TEXT%"
popd
if "%~1"=="" start "" "%~dp0@FIRST@"
if "%~1"=="" pause
exit /b 10

:packed
echo.
echo   Hay giai nen ca tep .zip truoc khi mo:
echo   bam chuot phai vao tep .zip, chon "Extract All..." (Giai nen tat ca...),
echo   roi mo Mo-ntmtrack.cmd trong thu muc vua giai nen.
echo.
if "%~1"=="" pause
exit /b 11
