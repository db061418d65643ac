@echo off
rem Runs grantcalc from this folder; the first time, installs it here.
setlocal
set "HERE=%~dp0"
if exist "%HERE%installed\Scripts\python.exe" goto run
set "PYTHON=python"
where py >nul 2>nul && set "PYTHON=py -@PYTHON@"
%PYTHON% "%HERE%install.py" 1>&2
if errorlevel 1 exit /b 2
:run
"%HERE%installed\Scripts\python.exe" -P -m grantcalc %*
exit /b %errorlevel%
