@echo off
rem Shows the exhibition over the whole screen, and again when the browser ends. ASCII only: cmd reads it so everywhere.
rem SITE is the folder of the unpacked zip, with slashes.
set SITE=D:/qunying/site
set PAGE=file:///%SITE%/kiosk/index.html
set EDGE=%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe
if not exist "%EDGE%" set EDGE=%ProgramFiles%\Microsoft\Edge\Application\msedge.exe
set CHROME=%ProgramFiles%\Google\Chrome\Application\chrome.exe
set PROFILE=%TEMP%\qunying-kiosk

:again
rd /s /q "%PROFILE%" 2>nul
if exist "%EDGE%" (
  start "" /wait "%EDGE%" --user-data-dir="%PROFILE%" --kiosk "%PAGE%" --edge-kiosk-type=fullscreen --no-first-run --disable-pinch --overscroll-history-navigation=0 --disable-background-networking --autoplay-policy=no-user-gesture-required
) else (
  start "" /wait "%CHROME%" --user-data-dir="%PROFILE%" --kiosk "%PAGE%" --no-first-run --disable-pinch --overscroll-history-navigation=0 --disable-background-networking --autoplay-policy=no-user-gesture-required
)
timeout /t 3 /nobreak >nul
goto again
