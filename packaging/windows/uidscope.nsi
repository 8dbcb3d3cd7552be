; The installer for Windows, for one user or for all of a machine.
;
;   makensis -DVERSION=... -DPROGRAM=folder -DPARTS=folder -DOUTPUT=file uidscope.nsi
;
; PROGRAM is the frozen program, PARTS holds icon and licences. SIGN, where given, is the command that signs a file,
; with %1 for its name. TARGET64 makes the installer itself a 64-bit program, where makensis can.
;
; Silent: setup.exe /S [/AllUsers | /CurrentUser] [/D=C:\Folder]      uninstall.exe /S
; Exit status: 0 done, 1 cancelled, 2 stopped; 3 the program is running or its files cannot be replaced.

Unicode true
!ifdef TARGET64
  Target amd64-unicode
!endif
SetCompressor /SOLID lzma
ManifestDPIAware true

!define TITLE "UIDscope"
!define CONSOLE "uidscope.exe"
!define WINDOW "uidscope-window.exe"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${TITLE}"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${TITLE}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallMode"
!define MULTIUSER_USE_PROGRAMFILES64

!include MUI2.nsh
!include MultiUser.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include x64.nsh

Name "${TITLE}"
OutFile "${OUTPUT}"
BrandingText "${TITLE} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
!ifdef SIGN
  !finalize '${SIGN}'
  !uninstfinalize '${SIGN}'
!endif

VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${TITLE}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${TITLE} Setup"
VIAddVersionKey LegalCopyright "The UIDscope developers, MIT licence"

!define MUI_ICON "${PARTS}\uidscope.ico"
!define MUI_UNICON "${PARTS}\uidscope.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_FINISHPAGE_NOAUTOCLOSE

!insertmacro MUI_PAGE_LICENSE "${PARTS}\licences\notices.txt"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; A file that runs cannot be opened to be written.
!macro REFUSE_WHILE_RUNNING EXECUTABLE
  ${If} ${FileExists} "$INSTDIR\${EXECUTABLE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${EXECUTABLE}" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONSTOP "${TITLE} is running, or its files cannot be replaced. Close it and try again." /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; Both would use the same folder, and the one that is removed first would take the other's files.
; Only the .msi writes this value.
!macro REFUSE_BESIDE_MSI
  ${If} $MultiUser.InstallMode == "AllUsers"
    ReadRegStr $0 HKLM "${APP_PATHS}\${CONSOLE}" "Path"
    ${If} $0 != ""
      MessageBox MB_OK|MB_ICONSTOP "${TITLE} was installed by its .msi for all users. Uninstall that first." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
!macroend

; What an installation put there, and nothing else: the folder may be one that the user had before.
!macro REMOVE_PROGRAM
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${CONSOLE}"
  Delete "$INSTDIR\${WINDOW}"
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "${TITLE} needs a 64-bit Windows." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetRegView 64
  ; Choosing for whom would forget the folder of /D.
  StrCpy $R0 $INSTDIR
  !insertmacro MULTIUSER_INIT
  ${If} $R0 != ""
    StrCpy $INSTDIR $R0
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section "!${TITLE}" SectionProgram
  SectionIn RO
  !insertmacro REFUSE_BESIDE_MSI
  !insertmacro REFUSE_WHILE_RUNNING "${CONSOLE}"
  !insertmacro REFUSE_WHILE_RUNNING "${WINDOW}"
  ; A file of an earlier version that is no longer shipped must not stay.
  ${If} ${FileExists} "$INSTDIR\${CONSOLE}"
    !insertmacro REMOVE_PROGRAM
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr SHCTX "${UNINSTALL}" DisplayName "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayVersion "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayIcon "$INSTDIR\${WINDOW}"
  WriteRegStr SHCTX "${UNINSTALL}" Publisher "The UIDscope developers"
  WriteRegStr SHCTX "${UNINSTALL}" InstallLocation "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" InstallMode "$MultiUser.InstallMode"
  WriteRegStr SHCTX "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" NoModify 1
  WriteRegDWORD SHCTX "${UNINSTALL}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${UNINSTALL}" EstimatedSize $0
  ; Makes `start uidscope` and the Run dialog find it; PATH is left alone.
  WriteRegStr SHCTX "${APP_PATHS}\${CONSOLE}" "" "$INSTDIR\${CONSOLE}"
SectionEnd

Section "Start menu" SectionStartMenu
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${WINDOW}"
SectionEnd

Section /o "Desktop" SectionDesktop
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${WINDOW}"
SectionEnd

; Offered under "Open with"; what opens DICOM files until now still does.
Section "Open with ${TITLE}" SectionOpenWith
  WriteRegStr SHCTX "${CLASSES}\${TITLE}.dicom" "" "DICOM file"
  WriteRegStr SHCTX "${CLASSES}\${TITLE}.dicom\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  WriteRegStr SHCTX "${CLASSES}\.dcm\OpenWithProgids" "${TITLE}.dicom" ""
  WriteRegStr SHCTX "${CLASSES}\.dicom\OpenWithProgids" "${TITLE}.dicom" ""
  WriteRegStr SHCTX "${CLASSES}\${TITLE}.project" "" "${TITLE} project"
  WriteRegStr SHCTX "${CLASSES}\${TITLE}.project\DefaultIcon" "" "$INSTDIR\${WINDOW},0"
  WriteRegStr SHCTX "${CLASSES}\${TITLE}.project\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  WriteRegStr SHCTX "${CLASSES}\.uidscope" "" "${TITLE}.project"
  WriteRegStr SHCTX "${CLASSES}\Directory\shell\${TITLE}" "" "Open with ${TITLE}"
  WriteRegStr SHCTX "${CLASSES}\Directory\shell\${TITLE}" Icon "$INSTDIR\${WINDOW},0"
  WriteRegStr SHCTX "${CLASSES}\Directory\shell\${TITLE}\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  ${RefreshShellIcons}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionProgram} "The window, and uidscope.exe for the command line."
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionStartMenu} "An entry in the start menu."
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionDesktop} "An entry on the desktop."
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionOpenWith} "Offered for DICOM files and folders; opens projects."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Section "Uninstall"
  !insertmacro REFUSE_WHILE_RUNNING "${CONSOLE}"
  !insertmacro REFUSE_WHILE_RUNNING "${WINDOW}"
  !insertmacro REMOVE_PROGRAM
  Delete "$INSTDIR\uninstall.exe"
  ; Stays where the user keeps something else in it.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey SHCTX "${CLASSES}\${TITLE}.dicom"
  DeleteRegValue SHCTX "${CLASSES}\.dcm\OpenWithProgids" "${TITLE}.dicom"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.dcm\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.dcm"
  DeleteRegValue SHCTX "${CLASSES}\.dicom\OpenWithProgids" "${TITLE}.dicom"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.dicom\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.dicom"
  ReadRegStr $0 SHCTX "${CLASSES}\.uidscope" ""
  ${If} $0 == "${TITLE}.project"
    DeleteRegKey SHCTX "${CLASSES}\.uidscope"
  ${EndIf}
  DeleteRegKey SHCTX "${CLASSES}\${TITLE}.project"
  DeleteRegKey SHCTX "${CLASSES}\Directory\shell\${TITLE}"
  DeleteRegKey SHCTX "${APP_PATHS}\${CONSOLE}"
  DeleteRegKey SHCTX "${UNINSTALL}"
  ${RefreshShellIcons}
SectionEnd
