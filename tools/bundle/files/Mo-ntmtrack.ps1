# Opens ntmtrack from PowerShell: as Mo-ntmtrack.cmd, which see. Only ASCII in here.
$env:PYTHON_MANAGER_AUTOMATIC_INSTALL = 'false'
$env:NTMTRACK_START_FOLDER = (Get-Location).ProviderPath
$start = Join-Path $PSScriptRoot 'start\start.py'
if (-not (Test-Path -LiteralPath $start)) {
    Write-Host 'Hay giai nen ca tep .zip truoc khi mo (Extract All...).'
    exit 11
}
$candidates = @('3 @VERSIONS@'.Split(' ') | ForEach-Object { "py.exe -$_" }) + 'python.exe' + 'python3.exe'
foreach ($candidate in $candidates) {
    $name, $before = $candidate.Split(' ')
    $before = @($before | Where-Object { $_ })
    if (-not (Get-Command $name -CommandType Application -ErrorAction SilentlyContinue)) { continue }
    & $name $before -I $start --probe *> $null
    if ($LASTEXITCODE -eq 0) {
        & $name $before -I $start @args
        exit $LASTEXITCODE
    }
}
Get-Content -LiteralPath (Join-Path $PSScriptRoot 'start\chua-co-python.txt') -Encoding UTF8 | Write-Host
exit 10
