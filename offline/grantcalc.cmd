@echo off
rem Runs grantcalc from this folder; the first time, installs it here.
setlocal
set "HERE=%~dp0"
if exist "%HERE%installed\Scripts\python.exe" goto run
set "FITS=import sys; sys.exit(not sys.version.startswith('@PYTHON@.'))"
set "PYTHON=py -@PYTHON@"
%PYTHON% -c "%FITS%" >nul 2>nul && goto install
set "PYTHON=python"
%PYTHON% -c "%FITS%" >nul 2>nul && goto install
echo grantcalc is not installed: it needs Python @PYTHON@, and neither py nor python starts that; install it first 1>&2
exit /b 2
:install
%PYTHON% "%HERE%install.py" 1>&2
if errorlevel 1 exit /b 2
:run
"%HERE%installed\Scripts\python.exe" -P -m grantcalc %*
exit /b %errorlevel%
