@echo off
rem The commands that pages and messages name, as they are typed in a Command Prompt opened in this folder.
"%~dp0Mo-ntmtrack.cmd" %*
