; SPDX-License-Identifier: Apache-2.0
; The installer for Windows, by Inno Setup 6. packaging/windows/installer.py calls its compiler with what differs from one
; build to the next: AppVersion, Source (the frozen app's folder), Icons and Out (folders), Signing (a flag, or nothing).

#ifndef AppVersion
  #error Run packaging/windows/installer.py, which says which version this is
#endif
#define Type "org.showtell.Showtell.project"

[Setup]
; By this Windows knows an older version, to put the new one in its place. It never changes.
AppId={{9EF2CCB1-A68F-4DC5-BF11-0C3CE67AFFF1}
AppName=Showtell
AppVersion={#AppVersion}
AppVerName=Showtell {#AppVersion}
AppPublisher=The Showtell developers
VersionInfoVersion={#AppVersion}
VersionInfoDescription=Showtell Setup
; For the person alone, without an administrator; one may install it for everybody with /ALLUSERS.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
DefaultDirName={autopf}\Showtell
DisableDirPage=auto
DisableProgramGroupPage=yes
DisableWelcomePage=yes
DisableReadyPage=yes
; Windows 10 1809, the oldest that Qt 6 knows; TensorFlow has no wheels for 32 bits or ARM, where x64 is emulated.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
; A window that is open is closed first, as its person would, since its files are replaced.
CloseApplications=yes
RestartApplications=no
UninstallDisplayIcon={app}\showtellw.exe
UninstallDisplayName=Showtell
SetupIconFile={#Icons}\showtell.ico
WizardStyle=modern
ShowLanguageDialog=auto
UsePreviousLanguage=yes
Compression=lzma2/max
SolidCompression=yes
LZMAUseSeparateProcess=yes
OutputDir={#Out}
OutputBaseFilename=showtell-{#AppVersion}-windows-x64-setup
#ifdef Signed
SignTool=signer
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[Messages]
en.FinishedLabel=Showtell is installed. If the camera's picture stays dark, let desktop apps use the camera: Settings › Privacy && security › Camera.
de.FinishedLabel=Showtell ist installiert. Bleibt das Kamerabild dunkel, erlaube Desktop-Apps die Kamera: Einstellungen › Datenschutz und Sicherheit › Kamera.
fr.FinishedLabel=Showtell est installé. Si l'image de la caméra reste noire, autorisez les applications de bureau à utiliser la caméra : Paramètres › Confidentialité et sécurité › Caméra.

[CustomMessages]
en.Project=Showtell project
de.Project=Showtell-Projekt
fr.Project=Projet Showtell
en.StillOpen=Showtell is still open. Close it, then try again.
de.StillOpen=Showtell ist noch geöffnet. Schließe es und versuche es noch einmal.
fr.StillOpen=Showtell est encore ouvert. Fermez-le, puis réessayez.

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; Of an older version nothing stays behind. People's projects are never in here.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*.exe"; DestDir: "{app}"; Flags: ignoreversion{#Signing}
Source: "{#Source}\*"; Excludes: "\*.exe"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs
Source: "{#Icons}\showtell.ico"; DestDir: "{app}"; Flags: ignoreversion
Source: "{#Icons}\project.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\Showtell"; Filename: "{app}\showtellw.exe"; IconFilename: "{app}\showtell.ico"
Name: "{autodesktop}\Showtell"; Filename: "{app}\showtellw.exe"; IconFilename: "{app}\showtell.ico"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.showtell"; ValueType: string; ValueData: "{#Type}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.showtell"; ValueType: string; ValueName: "Content Type"; ValueData: "application/vnd.showtell"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\{#Type}"; ValueType: string; ValueData: "{cm:Project}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Type}\DefaultIcon"; ValueType: string; ValueData: "{app}\project.ico"
Root: HKA; Subkey: "Software\Classes\{#Type}\shell\open\command"; ValueType: string; ValueData: """{app}\showtellw.exe"" ""%1"""

[Run]
Filename: "{app}\showtellw.exe"; Description: "{cm:LaunchProgram,Showtell}"; Flags: nowait postinstall skipifsilent

[Code]
{ A program that runs cannot be opened for writing. }
function IsRunning(const Name: String): Boolean;
var
  Stream: TFileStream;
begin
  Result := False;
  if FileExists(ExpandConstant('{app}\') + Name) then
    try
      Stream := TFileStream.Create(ExpandConstant('{app}\') + Name, fmOpenReadWrite or fmShareExclusive);
      Stream.Free;
    except
      Result := True;
    end;
end;

{ Files in use would be left behind. }
function InitializeUninstall: Boolean;
begin
  Result := True;
  while Result and (IsRunning('showtellw.exe') or IsRunning('showtell.exe')) do
    Result := SuppressibleMsgBox(CustomMessage('StillOpen'), mbError, MB_RETRYCANCEL, IDCANCEL) = IDRETRY;
end;
