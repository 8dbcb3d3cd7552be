<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About UIDscope</source>
        <translation>Über UIDscope</translation>
    </message>
    <message>
        <source>Reads folders of DICOM files, judges every UID in them, shows which object refers to which, and writes verified copies with new UIDs. Originals are never changed.</source>
        <translation>Liest Ordner mit DICOM-Dateien, beurteilt jede UID darin, zeigt, welches Objekt auf welches verweist, und schreibt geprüfte Kopien mit neuen UIDs. Originale werden nie geändert.</translation>
    </message>
    <message>
        <source>Not a medical device</source>
        <translation>Kein Medizinprodukt</translation>
    </message>
    <message>
        <source>New UIDs are not de-identification: names, dates and text within the image remain. A changed UID breaks links that are held elsewhere, and digital signatures.</source>
        <translation>Neue UIDs sind keine De-Identifizierung: Namen, Daten und Text im Bild bleiben. Eine geänderte UID bricht Verbindungen, die anderswo gehalten werden, und digitale Signaturen.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Version %1. Rules after DICOM %2, elements and registered UIDs of PS3.6 %3. Python %4, Qt %5.</source>
        <translation>Version %1. Regeln nach DICOM %2, Elemente und registrierte UIDs von PS3.6 %3. Python %4, Qt %5.</translation>
    </message>
    <message>
        <source>UIDscope: MIT licence.</source>
        <translation>UIDscope: MIT-Lizenz.</translation>
    </message>
    <message>
        <source>Qt and PySide6: GNU Lesser General Public License, version 3. They are linked dynamically and may be replaced by other builds of the same interface; their sources are published by The Qt Company.</source>
        <translation>Qt und PySide6: GNU Lesser General Public License, Version 3. Sie sind dynamisch gebunden und dürfen durch andere Fassungen derselben Schnittstelle ersetzt werden; ihre Quellen veröffentlicht The Qt Company.</translation>
    </message>
    <message>
        <source>pydicom, platformdirs, keyring, filelock, rich: MIT licence.</source>
        <translation>pydicom, platformdirs, keyring, filelock, rich: MIT-Lizenz.</translation>
    </message>
    <message>
        <source>click, Jinja2, msgspec: BSD 3-clause licence.</source>
        <translation>click, Jinja2, msgspec: BSD-Lizenz (3 Klauseln).</translation>
    </message>
    <message>
        <source>Python: Python Software Foundation License. SQLite: public domain.</source>
        <translation>Python: Python Software Foundation License. SQLite: gemeinfrei.</translation>
    </message>
    <message>
        <source>DICOM is a registered trademark of NEMA.</source>
        <translation>DICOM ist eine eingetragene Marke der NEMA.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>F&amp;indings</source>
        <translation>&amp;Feststellungen</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>&amp;Plan</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>E&amp;xtras</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Add &amp;folder…</source>
        <translation>&amp;Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Read a folder and all below it</source>
        <translation>Einen Ordner und alles darunter einlesen</translation>
    </message>
    <message>
        <source>Add f&amp;iles…</source>
        <translation>Da&amp;teien hinzufügen…</translation>
    </message>
    <message>
        <source>Read DICOM files or ZIP archives</source>
        <translation>DICOM-Dateien oder ZIP-Archive einlesen</translation>
    </message>
    <message>
        <source>Open sa&amp;mple data</source>
        <translation>&amp;Beispieldaten öffnen</translation>
    </message>
    <message>
        <source>See what the program does, on made-up files</source>
        <translation>An erfundenen Dateien sehen, was das Programm tut</translation>
    </message>
    <message>
        <source>&amp;Rescan</source>
        <translation>&amp;Neu einlesen</translation>
    </message>
    <message>
        <source>Rescan</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Read everything anew</source>
        <translation>Alles von vorn einlesen</translation>
    </message>
    <message>
        <source>Open &amp;project…</source>
        <translation>&amp;Projekt öffnen…</translation>
    </message>
    <message>
        <source>Go on with work that was saved</source>
        <translation>Mit gespeicherter Arbeit fortfahren</translation>
    </message>
    <message>
        <source>Save pro&amp;ject</source>
        <translation>Projekt &amp;speichern</translation>
    </message>
    <message>
        <source>Keep sources, plan and issued UIDs for later</source>
        <translation>Quellen, Plan und vergebene UIDs für später aufheben</translation>
    </message>
    <message>
        <source>Save project &amp;as…</source>
        <translation>Projekt speichern &amp;unter…</translation>
    </message>
    <message>
        <source>&amp;Save report…</source>
        <translation>Be&amp;richt speichern…</translation>
    </message>
    <message>
        <source>&amp;Save list of missing objects…</source>
        <translation>Liste &amp;fehlender Objekte speichern…</translation>
    </message>
    <message>
        <source>Save what is named and not loaded, with the keys to fetch it from an archive</source>
        <translation>Speichert, was genannt wird und nicht geladen ist, mit den Schlüsseln, um es aus einem Archiv zu holen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Write a verified copy with the new UIDs</source>
        <translation>Eine geprüfte Kopie mit den neuen UIDs schreiben</translation>
    </message>
    <message>
        <source>&amp;Close all</source>
        <translation>Alles s&amp;chließen</translation>
    </message>
    <message>
        <source>Forget everything loaded; the files stay as they are</source>
        <translation>Alles Geladene vergessen; die Dateien bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Been&amp;den</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Copy UID</source>
        <translation>UID &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy the UIDs of what is selected</source>
        <translation>Die UIDs der Auswahl kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste UIDs…</source>
        <translation>UIDs e&amp;infügen…</translation>
    </message>
    <message>
        <source>Find the UIDs of an error log or a mail in the tree</source>
        <translation>Die UIDs eines Fehlerprotokolls oder einer E-Mail im Baum finden</translation>
    </message>
    <message>
        <source>Find &amp;all uses…</source>
        <translation>&amp;Alle Verwendungen suchen…</translation>
    </message>
    <message>
        <source>See every element that holds the UID at hand</source>
        <translation>Jedes Element sehen, das diese UID enthält</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtern</translation>
    </message>
    <message>
        <source>Show &amp;identity</source>
        <translation>&amp;Identität zeigen</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>&amp;Mask patient names</source>
        <translation>Patientenna&amp;men verdecken</translation>
    </message>
    <message>
        <source>Show numbers for names, IDs, descriptions and names of files</source>
        <translation>Statt Namen, IDs, Beschreibungen und Dateinamen Nummern zeigen</translation>
    </message>
    <message>
        <source>Export &amp;audit log…</source>
        <translation>&amp;Protokoll ausgeben…</translation>
    </message>
    <message>
        <source>Save the record of what was done, without names</source>
        <translation>Speichern, was getan wurde, ohne Namen</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Next finding</source>
        <translation>&amp;Nächste Feststellung</translation>
    </message>
    <message>
        <source>&amp;Previous finding</source>
        <translation>&amp;Vorige Feststellung</translation>
    </message>
    <message>
        <source>&amp;Ignore with reason…</source>
        <translation>Mit &amp;Begründung ignorieren…</translation>
    </message>
    <message>
        <source>Set the finding at hand aside, and say why</source>
        <translation>Diese Feststellung beiseitelegen und sagen, warum</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>&amp;Regenerate…</source>
        <translation>&amp;Neue UIDs…</translation>
    </message>
    <message>
        <source>Regenerate…</source>
        <translation>Neue UIDs…</translation>
    </message>
    <message>
        <source>Give new UIDs to what is selected</source>
        <translation>Der Auswahl neue UIDs geben</translation>
    </message>
    <message>
        <source>Compare file &amp;copies…</source>
        <translation>Datei&amp;kopien vergleichen…</translation>
    </message>
    <message>
        <source>See two files of one UID side by side</source>
        <translation>Zwei Dateien einer UID nebeneinander sehen</translation>
    </message>
    <message>
        <source>Compare &amp;folders…</source>
        <translation>&amp;Ordner vergleichen…</translation>
    </message>
    <message>
        <source>See whether one folder is a whole copy of another</source>
        <translation>Sehen, ob ein Ordner eine vollständige Kopie eines anderen ist</translation>
    </message>
    <message>
        <source>&amp;UID roots…</source>
        <translation>&amp;UID-Wurzeln…</translation>
    </message>
    <message>
        <source>Your organization&apos;s root, products, installations</source>
        <translation>Wurzel, Produkte und Installationen Ihrer Organisation</translation>
    </message>
    <message>
        <source>Pr&amp;eferences…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>Identity, rules, reading, appearance and language</source>
        <translation>Identität, Regeln, Einlesen, Erscheinungsbild und Sprache</translation>
    </message>
    <message>
        <source>User &amp;guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>Every job step by step, with pictures</source>
        <translation>Jede Aufgabe Schritt für Schritt, mit Bildern</translation>
    </message>
    <message>
        <source>&amp;Rule book</source>
        <translation>&amp;Regelbuch</translation>
    </message>
    <message>
        <source>Read about the rule of the finding at hand</source>
        <translation>Über die Regel dieser Feststellung nachlesen</translation>
    </message>
    <message>
        <source>&amp;Beliefs about UIDs</source>
        <translation>&amp;Irrtümer über UIDs</translation>
    </message>
    <message>
        <source>What is often said about UIDs, and what is true</source>
        <translation>Was oft über UIDs gesagt wird und was stimmt</translation>
    </message>
    <message>
        <source>&amp;Tour</source>
        <translation>R&amp;undgang</translation>
    </message>
    <message>
        <source>See the parts of the window one by one</source>
        <translation>Die Teile des Fensters nacheinander kennenlernen</translation>
    </message>
    <message>
        <source>&amp;About UIDscope</source>
        <translation>Ü&amp;ber UIDscope</translation>
    </message>
</context>
<context>
    <name>ActivityModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>läuft</translation>
    </message>
</context>
<context>
    <name>ActivityPanel</name>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>What the program has done</source>
        <translation>Was das Programm getan hat</translation>
    </message>
    <message>
        <source>Nothing has been done yet.</source>
        <translation>Noch ist nichts geschehen.</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>%1 of %2 files loaded</source>
        <translation>%1 von %2 Dateien geladen</translation>
    </message>
    <message>
        <source>cancelled: %1</source>
        <translation>abgebrochen: %1</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nichts gefunden</translation>
    </message>
    <message>
        <source>the plan is as before</source>
        <translation>der Plan ist wie zuvor</translation>
    </message>
    <message>
        <source>the plan has 1 new UID</source>
        <translation>der Plan hat 1 neue UID</translation>
    </message>
    <message numerus="yes">
        <source>the plan has %Ln new UIDs</source>
        <translation>
            <numerusform>der Plan hat %Ln neue UID</numerusform>
            <numerusform>der Plan hat %Ln neue UIDs</numerusform>
        </translation>
    </message>
    <message>
        <source>Read files</source>
        <translation>Dateien einlesen</translation>
    </message>
    <message>
        <source>Check what is loaded</source>
        <translation>Geladenes prüfen</translation>
    </message>
    <message>
        <source>Change the plan</source>
        <translation>Plan ändern</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Make sample data</source>
        <translation>Beispieldaten erzeugen</translation>
    </message>
    <message>
        <source>Export: dry run</source>
        <translation>Export: Probelauf</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Save the audit log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Compare two folders</source>
        <translation>Zwei Ordner vergleichen</translation>
    </message>
    <message>
        <source>Save a comparison</source>
        <translation>Vergleich speichern</translation>
    </message>
</context>
<context>
    <name>AlternativeWords</name>
    <message>
        <source>%1 and 1 more file</source>
        <translation>%1 und 1 weitere Datei</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more files</source>
        <translation>
            <numerusform>%1 und %Ln weitere Datei</numerusform>
            <numerusform>%1 und %Ln weitere Dateien</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnatomyStrip</name>
    <message>
        <source>UUID</source>
        <translation>UUID</translation>
    </message>
    <message>
        <source>UID %1</source>
        <translation>UID %1</translation>
    </message>
    <message>
        <source>Root</source>
        <translation>Wurzel</translation>
    </message>
    <message>
        <source>Below the root</source>
        <translation>Unter der Wurzel</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Part %1 of %2</source>
        <translation>Teil %1 von %2</translation>
    </message>
</context>
<context>
    <name>AnatomyWords</name>
    <message>
        <source>DICOM</source>
        <translation>DICOM</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>Inhaber</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>UUID as one decimal number</source>
        <translation>UUID als eine Dezimalzahl</translation>
    </message>
    <message>
        <source>looks like a date</source>
        <translation>sieht aus wie ein Datum</translation>
    </message>
    <message>
        <source>not a digit</source>
        <translation>keine Ziffer</translation>
    </message>
    <message>
        <source>past 64</source>
        <translation>nach dem 64. Zeichen</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>leading zero</source>
        <translation>führende Null</translation>
    </message>
    <message>
        <source>stands alone</source>
        <translation>steht allein</translation>
    </message>
    <message>
        <source>not 0, 1 or 2</source>
        <translation>nicht 0, 1 oder 2</translation>
    </message>
    <message>
        <source>more than 39</source>
        <translation>mehr als 39</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>out of place</source>
        <translation>fehl am Platz</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>zu klein</translation>
    </message>
    <message>
        <source>its owner is not known here</source>
        <translation>der Inhaber ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>the DICOM standard</source>
        <translation>der DICOM-Standard</translation>
    </message>
    <message>
        <source>issued to %1, probably</source>
        <translation>vergeben an %1, vermutlich</translation>
    </message>
    <message>
        <source>registered in PS3.6: %1</source>
        <translation>registriert in PS3.6: %1</translation>
    </message>
    <message>
        <source>numbers its owner gives</source>
        <translation>Nummern, die der Inhaber vergibt</translation>
    </message>
    <message>
        <source>numbers of unknown meaning</source>
        <translation>Nummern unbekannter Bedeutung</translation>
    </message>
    <message>
        <source>1 part</source>
        <translation>1 Teil</translation>
    </message>
    <message numerus="yes">
        <source>%Ln parts</source>
        <translation>
            <numerusform>%Ln Teil</numerusform>
            <numerusform>%Ln Teile</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 faulty</source>
        <translation>%1, %2 fehlerhaft</translation>
    </message>
    <message>
        <source>not a UUID by its bits</source>
        <translation>nach seinen Bits keine UUID</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>%1, random</source>
        <translation>%1, zufällig</translation>
    </message>
    <message>
        <source>%1, made %2 UTC</source>
        <translation>%1, erzeugt %2 UTC</translation>
    </message>
    <message>
        <source>ITU-T</source>
        <translation>ITU-T</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>joint</source>
        <translation>gemeinsam</translation>
    </message>
    <message>
        <source>standards</source>
        <translation>Normen</translation>
    </message>
    <message>
        <source>member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>org.</source>
        <translation>Org.</translation>
    </message>
    <message>
        <source>UK</source>
        <translation>UK</translation>
    </message>
    <message>
        <source>USA</source>
        <translation>USA</translation>
    </message>
    <message>
        <source>services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>DoD</source>
        <translation>DoD</translation>
    </message>
    <message>
        <source>internet</source>
        <translation>Internet</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privat</translation>
    </message>
    <message>
        <source>enterprise</source>
        <translation>Unternehmen</translation>
    </message>
    <message>
        <source>Ecma</source>
        <translation>Ecma</translation>
    </message>
    <message>
        <source>members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>UUID arc</source>
        <translation>UUID-Zweig</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>Beispiele</translation>
    </message>
</context>
<context>
    <name>ApartPart</name>
    <message>
        <source>What shares a UID</source>
        <translation>Was sich eine UID teilt</translation>
    </message>
</context>
<context>
    <name>AttributesModel</name>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>VR</source>
        <translation>VR</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>AttributesTab</name>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>The elements of the selected file</source>
        <translation>Die Elemente der gewählten Datei</translation>
    </message>
    <message>
        <source>Search the elements</source>
        <translation>Elemente durchsuchen</translation>
    </message>
    <message>
        <source>Search: name, tag, value</source>
        <translation>Suche: Name, Tag, Wert</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Select an image or a file to see its elements.</source>
        <translation>Wählen Sie ein Bild oder eine Datei, um die Elemente zu sehen.</translation>
    </message>
    <message>
        <source>1 found</source>
        <translation>1 gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln gefunden</numerusform>
            <numerusform>%Ln gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>the first %1 rows</source>
        <translation>die ersten %1 Zeilen</translation>
    </message>
    <message>
        <source>file 1 of %1</source>
        <translation>Datei 1 von %1</translation>
    </message>
</context>
<context>
    <name>BackgroundQuestion</name>
    <message>
        <source>This cannot be shown.</source>
        <translation>Das kann nicht gezeigt werden.</translation>
    </message>
</context>
<context>
    <name>BadgeWords</name>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>truncated</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>geplant</translation>
    </message>
    <message>
        <source>broken ref</source>
        <translation>toter Verweis</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>Duplikat</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>1 Fehler</translation>
    </message>
    <message>
        <source>1 conflict</source>
        <translation>1 Konflikt</translation>
    </message>
    <message>
        <source>1 truncated</source>
        <translation>1 abgeschnitten</translation>
    </message>
    <message>
        <source>1 planned</source>
        <translation>1 geplant</translation>
    </message>
    <message>
        <source>1 broken ref</source>
        <translation>1 toter Verweis</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 Warnung</translation>
    </message>
    <message>
        <source>1 duplicate</source>
        <translation>1 Duplikat</translation>
    </message>
    <message>
        <source>1 offline</source>
        <translation>1 offline</translation>
    </message>
    <message>
        <source>1 note</source>
        <translation>1 Hinweis</translation>
    </message>
    <message>
        <source>1 verified</source>
        <translation>1 geprüft</translation>
    </message>
    <message numerus="yes">
        <source>%Ln errors</source>
        <translation>
            <numerusform>%Ln Fehler</numerusform>
            <numerusform>%Ln Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflicts</source>
        <translation>
            <numerusform>%Ln Konflikt</numerusform>
            <numerusform>%Ln Konflikte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln truncated</source>
        <translation>
            <numerusform>%Ln abgeschnitten</numerusform>
            <numerusform>%Ln abgeschnitten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln planned</source>
        <translation>
            <numerusform>%Ln geplant</numerusform>
            <numerusform>%Ln geplant</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln broken refs</source>
        <translation>
            <numerusform>%Ln toter Verweis</numerusform>
            <numerusform>%Ln tote Verweise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln warnings</source>
        <translation>
            <numerusform>%Ln Warnung</numerusform>
            <numerusform>%Ln Warnungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln duplicates</source>
        <translation>
            <numerusform>%Ln Duplikat</numerusform>
            <numerusform>%Ln Duplikate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln offline</source>
        <translation>
            <numerusform>%Ln offline</numerusform>
            <numerusform>%Ln offline</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln notes</source>
        <translation>
            <numerusform>%Ln Hinweis</numerusform>
            <numerusform>%Ln Hinweise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln verified</source>
        <translation>
            <numerusform>%Ln geprüft</numerusform>
            <numerusform>%Ln geprüft</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 below</source>
        <translation>%1 darunter</translation>
    </message>
    <message>
        <source>%1 (including %2)</source>
        <translation>%1 (davon %2)</translation>
    </message>
    <message>
        <source>broken reference</source>
        <translation>toter Verweis</translation>
    </message>
    <message>
        <source>1 broken reference</source>
        <translation>1 toter Verweis</translation>
    </message>
    <message numerus="yes">
        <source>%Ln broken references</source>
        <translation>
            <numerusform>%Ln toter Verweis</numerusform>
            <numerusform>%Ln tote Verweise</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Callout</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>ChangeNoteFields</name>
    <message>
        <source>Ticket</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Bearbeiter</translation>
    </message>
    <message>
        <source>Remember the operator on this computer</source>
        <translation>Den Bearbeiter auf diesem Rechner merken</translation>
    </message>
    <message>
        <source>For a change record beside the export; all may stay empty.</source>
        <translation>Für ein Änderungsprotokoll neben dem Export; alles darf leer bleiben.</translation>
    </message>
</context>
<context>
    <name>ColumnWords</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Mod.</source>
        <translation>Mod.</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>UID</source>
        <translation>UID</translation>
    </message>
    <message>
        <source>New UID</source>
        <translation>Neue UID</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
</context>
<context>
    <name>CompareFoldersDialog</name>
    <message>
        <source>Compare folders</source>
        <translation>Ordner vergleichen</translation>
    </message>
    <message>
        <source>Comparison of two folders</source>
        <translation>Vergleich zweier Ordner</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>The report is saved: %1</source>
        <translation>Der Bericht ist gespeichert: %1</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Instances that differ</source>
        <translation>Instanzen mit Unterschieden</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>Fortschritt des Vergleichs</translation>
    </message>
    <message>
        <source>Folder A, the original</source>
        <translation>Ordner A, das Original</translation>
    </message>
    <message>
        <source>Choose folder A…</source>
        <translation>Ordner A wählen…</translation>
    </message>
    <message>
        <source>Folder B, its copy</source>
        <translation>Ordner B, seine Kopie</translation>
    </message>
    <message>
        <source>Choose folder B…</source>
        <translation>Ordner B wählen…</translation>
    </message>
    <message>
        <source>Compare two folders</source>
        <translation>Zwei Ordner vergleichen</translation>
    </message>
    <message>
        <source>Instances are paired by SOP Instance UID. The files are only read.</source>
        <translation>Instanzen werden nach SOP Instance UID gepaart. Die Dateien werden nur gelesen.</translation>
    </message>
    <message>
        <source>Cancelled; the files are as they were.</source>
        <translation>Abgebrochen; die Dateien sind, wie sie waren.</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
    <message>
        <source>%1 more: save the report</source>
        <translation>%1 weitere: Bericht speichern</translation>
    </message>
    <message>
        <source>Neither folder holds a DICOM instance.</source>
        <translation>Keiner der Ordner enthält eine DICOM-Instanz.</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Encoded differently</source>
        <translation>Anders kodiert</translation>
    </message>
    <message>
        <source>Header changed</source>
        <translation>Header geändert</translation>
    </message>
    <message>
        <source>Pixel data changed</source>
        <translation>Pixeldaten geändert</translation>
    </message>
    <message>
        <source>Missing in B</source>
        <translation>Fehlt in B</translation>
    </message>
    <message>
        <source>Extra in B</source>
        <translation>Zusätzlich in B</translation>
    </message>
    <message>
        <source>Not compared</source>
        <translation>Nicht verglichen</translation>
    </message>
    <message>
        <source>Not loaded from A</source>
        <translation>Nicht geladen aus A</translation>
    </message>
    <message>
        <source>Not loaded from B</source>
        <translation>Nicht geladen aus B</translation>
    </message>
    <message>
        <source>Files that could not be read; nothing is known of them.</source>
        <translation>Dateien, die nicht gelesen werden konnten; über sie ist nichts bekannt.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
</context>
<context>
    <name>ComparedHead</name>
    <message>
        <source>Two file copies</source>
        <translation>Zwei Dateikopien</translation>
    </message>
    <message>
        <source>Two files</source>
        <translation>Zwei Dateien</translation>
    </message>
</context>
<context>
    <name>ComparisonModel</name>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>SOP Instance UID</source>
        <translation>SOP Instance UID</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Was verschieden ist</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>without UID</source>
        <translation>ohne UID</translation>
    </message>
</context>
<context>
    <name>CopyCardView</name>
    <message>
        <source>Go to file</source>
        <translation>Zur Datei</translation>
    </message>
    <message>
        <source>Go to file %1</source>
        <translation>Zur Datei %1</translation>
    </message>
    <message>
        <source>modified %1</source>
        <translation>geändert %1</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Error report</source>
        <translation>Fehlerbericht</translation>
    </message>
    <message>
        <source>Text of the report</source>
        <translation>Text des Berichts</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Versions, the kind of error and the places in the program. It holds no names, no values and no paths of your files, and it has been sent to nobody.</source>
        <translation>Versionen, die Art des Fehlers und die Stellen im Programm. Er enthält keine Namen, keine Werte und keine Pfade Ihrer Dateien und wurde niemandem gesendet.</translation>
    </message>
    <message>
        <source>The program ran into an error</source>
        <translation>Im Programm ist ein Fehler aufgetreten</translation>
    </message>
</context>
<context>
    <name>CrashNotice</name>
    <message>
        <source>The program ran into an error earlier.</source>
        <translation>Im Programm ist früher ein Fehler aufgetreten.</translation>
    </message>
    <message>
        <source>A report of it was kept; it holds no data of your files.</source>
        <translation>Ein Bericht darüber wurde aufgehoben; er enthält keine Daten Ihrer Dateien.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>DecisionsDialog</name>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>What references mean</source>
        <translation>Was Verweise meinen</translation>
    </message>
    <message>
        <source>What keeps its UID</source>
        <translation>Was seine UID behält</translation>
    </message>
    <message>
        <source>What gets a new one</source>
        <translation>Was eine neue bekommt</translation>
    </message>
    <message>
        <source>What stands in the same study</source>
        <translation>Was in derselben Studie steht</translation>
    </message>
    <message>
        <source>The one before</source>
        <translation>Das davor</translation>
    </message>
    <message>
        <source>The next one</source>
        <translation>Das danach</translation>
    </message>
    <message>
        <source>Show files</source>
        <translation>Dateien zeigen</translation>
    </message>
    <message>
        <source>Leave open again</source>
        <translation>Wieder offen lassen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>References mean this one</source>
        <translation>Verweise meinen dieses</translation>
    </message>
    <message>
        <source>Which object do references mean?</source>
        <translation>Welches Objekt meinen die Verweise?</translation>
    </message>
    <message>
        <source>All at once, where that tells them apart:</source>
        <translation>Alle auf einmal, wo sich das unterscheidet:</translation>
    </message>
    <message>
        <source>The objects that bear this UID</source>
        <translation>Die Objekte, die diese UID tragen</translation>
    </message>
    <message>
        <source>Everything is decided. A decision can still be changed.</source>
        <translation>Alles ist entschieden. Eine Entscheidung lässt sich noch ändern.</translation>
    </message>
    <message>
        <source>Different objects bear 1 UID that files of the output name: decide which is meant.</source>
        <translation>Verschiedene Objekte tragen 1 UID, die Dateien der Ausgabe nennen: Entscheiden Sie, welches gemeint ist.</translation>
    </message>
    <message numerus="yes">
        <source>Different objects bear %Ln UIDs that files of the output name.</source>
        <translation>
            <numerusform>Verschiedene Objekte tragen %Ln UID, die Dateien der Ausgabe nennen.</numerusform>
            <numerusform>Verschiedene Objekte tragen %Ln UIDs, die Dateien der Ausgabe nennen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>Nichts zu entscheiden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Decided.</source>
        <translation>Entschieden.</translation>
    </message>
    <message>
        <source>Named by %1 in %2.</source>
        <translation>Genannt von %1 in %2.</translation>
    </message>
    <message>
        <source>keeps this UID</source>
        <translation>behält diese UID</translation>
    </message>
    <message>
        <source>becomes %1</source>
        <translation>wird zu %1</translation>
    </message>
</context>
<context>
    <name>DeviceFindingsModel</name>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Consequence</source>
        <translation>Folge</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Feststellungen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erste</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letzte</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
</context>
<context>
    <name>DeviceFindingsView</name>
    <message>
        <source>Findings by device</source>
        <translation>Feststellungen nach Gerät</translation>
    </message>
    <message>
        <source>No device has findings.</source>
        <translation>Kein Gerät hat Feststellungen.</translation>
    </message>
    <message>
        <source>Show the gravest rule</source>
        <translation>Schwerste Regel zeigen</translation>
    </message>
    <message>
        <source>Show this rule</source>
        <translation>Diese Regel zeigen</translation>
    </message>
    <message>
        <source>Of this device</source>
        <translation>Von diesem Gerät</translation>
    </message>
    <message>
        <source>silently dropped</source>
        <translation>unbemerkt verworfen</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Feststellungen</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Feststellungen</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation>Nicht geladen</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
</context>
<context>
    <name>DropFrame</name>
    <message>
        <source>Drop target</source>
        <translation>Ablageziel</translation>
    </message>
</context>
<context>
    <name>DropWords</name>
    <message>
        <source>1 folder</source>
        <translation>1 Ordner</translation>
    </message>
    <message numerus="yes">
        <source>%Ln folders</source>
        <translation>
            <numerusform>%Ln Ordner</numerusform>
            <numerusform>%Ln Ordner</numerusform>
        </translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>1 more</source>
        <translation>1 weitere</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weitere</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Nothing loaded</source>
        <translation>Nichts geladen</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>Every file, into patients, studies, series and instances.</source>
        <translation>Jede Datei, in Patienten, Studien, Serien und Instanzen.</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>Beurteilen</translation>
    </message>
    <message>
        <source>Every UID, by the standard&apos;s rules and against all others.</source>
        <translation>Jede UID, nach den Regeln des Standards und gegen alle anderen.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>New identifiers; whatever refers to them follows.</source>
        <translation>Neue Kennungen; was auf sie verweist, folgt.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>A verified copy in a new folder, with a report.</source>
        <translation>Eine geprüfte Kopie in einem neuen Ordner, mit Bericht.</translation>
    </message>
</context>
<context>
    <name>EntityNameWords</name>
    <message>
        <source>Patient without name and ID</source>
        <translation>Patient ohne Namen und ID</translation>
    </message>
    <message>
        <source>Study %1</source>
        <translation>Studie %1</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Series %1</source>
        <translation>Serie %1</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>1 series</source>
        <translation>1 Serie</translation>
    </message>
    <message numerus="yes">
        <source>%Ln series</source>
        <translation>
            <numerusform>%Ln Serie</numerusform>
            <numerusform>%Ln Serien</numerusform>
        </translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 Bild</translation>
    </message>
    <message numerus="yes">
        <source>%Ln images</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>1 object</source>
        <translation>1 Objekt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln objects</source>
        <translation>
            <numerusform>%Ln Objekt</numerusform>
            <numerusform>%Ln Objekte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file copies</source>
        <translation>
            <numerusform>%Ln Dateikopie</numerusform>
            <numerusform>%Ln Dateikopien</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Something went wrong in the program itself (%1).</source>
        <translation>Im Programm selbst ist etwas schiefgegangen (%1).</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Export of the plan</source>
        <translation>Export des Plans</translation>
    </message>
    <message>
        <source>Originals stay as they are</source>
        <translation>Originale bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>This is what the export will do</source>
        <translation>Das wird der Export tun</translation>
    </message>
    <message>
        <source>Run and verify</source>
        <translation>Ausführen und prüfen</translation>
    </message>
    <message>
        <source>What is written</source>
        <translation>Was geschrieben wird</translation>
    </message>
    <message>
        <source>Where it goes</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>What the export will do</source>
        <translation>Was der Export tun wird</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Working it out; nothing is written</source>
        <translation>Wird ermittelt; geschrieben wird nichts</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Work is still under way.</source>
        <translation>Die Arbeit läuft noch.</translation>
    </message>
    <message>
        <source>Closing stops it. Nothing unfinished gets the name of the export; originals and plan stay.</source>
        <translation>Schließen hält sie an. Nichts Unfertiges bekommt den Namen des Exports; Originale und Plan bleiben.</translation>
    </message>
    <message>
        <source>Closing stops it. Nothing has been written.</source>
        <translation>Schließen hält sie an. Geschrieben wurde nichts.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Anhalten und schließen</translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation>Weiterarbeiten</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>From the interrupted export: %1 It is compared with the plan and used.</source>
        <translation>Vom unterbrochenen Export: %1 Das wird mit dem Plan verglichen und verwendet.</translation>
    </message>
    <message>
        <source>Beside it: %1, which re-identifies patients: keep it safe.</source>
        <translation>Daneben: %1. Das führt zu den Patienten zurück: sicher aufbewahren.</translation>
    </message>
    <message>
        <source>Exported and verified</source>
        <translation>Exportiert und geprüft</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Wie es weitergeht</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Nothing was written. Originals and plan are as they were.</source>
        <translation>Nichts wurde geschrieben. Originale und Plan sind, wie sie waren.</translation>
    </message>
    <message>
        <source>No archive has been made.</source>
        <translation>Es wurde kein Archiv angelegt.</translation>
    </message>
    <message>
        <source>No folder has been made.</source>
        <translation>Es wurde kein Ordner angelegt.</translation>
    </message>
    <message>
        <source>What was written lies in %1: go back to go on with it, or to clear it.</source>
        <translation>Was geschrieben wurde, liegt in %1: Gehen Sie zurück, um damit fortzufahren oder es zu entfernen.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Clear the plan</source>
        <translation>Plan leeren</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Start the dry run</source>
        <translation>Probelauf starten</translation>
    </message>
    <message>
        <source>A new folder</source>
        <translation>Ein neuer Ordner</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>The plan: %1</source>
        <translation>Der Plan: %1</translation>
    </message>
    <message>
        <source>Where and layout</source>
        <translation>Ort und Anordnung</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>Nothing is written</source>
        <translation>Nichts wird geschrieben</translation>
    </message>
    <message>
        <source>Read back and compared</source>
        <translation>Zurückgelesen und verglichen</translation>
    </message>
</context>
<context>
    <name>ExportNextSteps</name>
    <message>
        <source>they tell an archive to reject %1</source>
        <translation>sie sagen einem Archiv, dass es %1 zurückweisen soll</translation>
    </message>
    <message>
        <source>Rejection notes</source>
        <translation>Rejection Notes</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Report of the export</source>
        <translation>Bericht des Exports</translation>
    </message>
    <message>
        <source>HTML, CSV or JSON</source>
        <translation>HTML, CSV oder JSON</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern…</translation>
    </message>
    <message>
        <source>Change record</source>
        <translation>Änderungsprotokoll</translation>
    </message>
    <message>
        <source>one page, %1</source>
        <translation>eine Seite, %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Save list…</source>
        <translation>Liste speichern…</translation>
    </message>
    <message>
        <source>Old/new UID list</source>
        <translation>Liste alter/neuer UIDs</translation>
    </message>
    <message>
        <source>re-identifies patients: keep it safe</source>
        <translation>führt zu den Patienten zurück: sicher aufbewahren</translation>
    </message>
    <message>
        <source>List of old UIDs</source>
        <translation>Liste der alten UIDs</translation>
    </message>
    <message>
        <source>for an archive that is to reject them: %1</source>
        <translation>für ein Archiv, das sie zurückweisen soll: %1</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
</context>
<context>
    <name>ExportNotice</name>
    <message>
        <source>An export is complete.</source>
        <translation>Ein Export ist vollständig.</translation>
    </message>
    <message>
        <source>Only its work folder is left.</source>
        <translation>Nur sein Arbeitsordner ist noch da.</translation>
    </message>
    <message>
        <source>An export was interrupted.</source>
        <translation>Ein Export wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Go on…</source>
        <translation>Fortfahren…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Its plan was not saved as a project. Load the same folders and plan the same; Export then offers to go on in %1, with the same UIDs, and writes nothing twice.</source>
        <translation>Sein Plan wurde nicht als Projekt gespeichert. Laden Sie dieselben Ordner und planen Sie dasselbe; dann bietet der Export an, in %1 fortzufahren, mit denselben UIDs, und schreibt nichts zweimal.</translation>
    </message>
    <message>
        <source>To go on, the plan is needed again.</source>
        <translation>Zum Fortfahren wird der Plan wieder gebraucht.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message>
        <source>as the dry run said</source>
        <translation>wie im Probelauf</translation>
    </message>
    <message>
        <source>the dry run said %1</source>
        <translation>im Probelauf %1</translation>
    </message>
    <message>
        <source>Write 1 file</source>
        <translation>1 Datei schreiben</translation>
    </message>
    <message numerus="yes">
        <source>Write %Ln files</source>
        <translation>
            <numerusform>%Ln Datei schreiben</numerusform>
            <numerusform>%Ln Dateien schreiben</numerusform>
        </translation>
    </message>
    <message>
        <source>1 file was read back and agrees with the plan, number by number.</source>
        <translation>1 Datei wurde zurückgelesen und stimmt mit dem Plan überein, Zahl für Zahl.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were read back and agree with the plan, number by number.</source>
        <translation>
            <numerusform>%Ln Datei wurde zurückgelesen und stimmt mit dem Plan überein, Zahl für Zahl.</numerusform>
            <numerusform>%Ln Dateien wurden zurückgelesen und stimmen mit dem Plan überein, Zahl für Zahl.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 reference points outside the export and stays as it is</source>
        <translation>1 Verweis zeigt aus dem Export hinaus und bleibt, wie er ist</translation>
    </message>
    <message numerus="yes">
        <source>%Ln references point outside the export and stay as they are</source>
        <translation>
            <numerusform>%Ln Verweis zeigt aus dem Export hinaus und bleibt, wie er ist</numerusform>
            <numerusform>%Ln Verweise zeigen aus dem Export hinaus und bleiben, wie sie sind</numerusform>
        </translation>
    </message>
    <message>
        <source>What they name is loaded and keeps its UIDs: in the archive they lead there as before.</source>
        <translation>Was sie nennen, ist geladen und behält seine UIDs: Im Archiv führen sie dorthin wie zuvor.</translation>
    </message>
    <message>
        <source>They were unresolved before: nothing gets worse.</source>
        <translation>Sie waren schon vorher ohne Ziel: Nichts wird schlechter.</translation>
    </message>
    <message>
        <source>1 of them names nothing loaded, as before; what the others name keeps its UIDs.</source>
        <translation>1 davon nennt nichts Geladenes, wie zuvor; was die anderen nennen, behält seine UIDs.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them name nothing loaded, as before; what the others name keeps its UIDs.</source>
        <translation>
            <numerusform>%Ln davon nennt nichts Geladenes, wie zuvor; was die anderen nennen, behält seine UIDs.</numerusform>
            <numerusform>%Ln davon nennen nichts Geladenes, wie zuvor; was die anderen nennen, behält seine UIDs.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 file was there from the interrupted export, and is as planned.</source>
        <translation>1 Datei war vom unterbrochenen Export da und ist wie geplant.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were there from the interrupted export, and are as planned.</source>
        <translation>
            <numerusform>%Ln Datei war vom unterbrochenen Export da und ist wie geplant.</numerusform>
            <numerusform>%Ln Dateien waren vom unterbrochenen Export da und sind wie geplant.</numerusform>
        </translation>
    </message>
    <message>
        <source>It had not written any file yet.</source>
        <translation>Er hatte noch keine Datei geschrieben.</translation>
    </message>
    <message>
        <source>1 file is written, %1.</source>
        <translation>1 Datei ist geschrieben, %1.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files are written, %1.</source>
        <translation>
            <numerusform>%Ln Datei ist geschrieben, %1.</numerusform>
            <numerusform>%Ln Dateien sind geschrieben, %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep folders</source>
        <translation>Ordner beibehalten</translation>
    </message>
    <message>
        <source>By patient, study and series</source>
        <translation>Nach Patient, Studie und Serie</translation>
    </message>
    <message>
        <source>Media with a DICOMDIR</source>
        <translation>Datenträger mit DICOMDIR</translation>
    </message>
    <message>
        <source>%1, ZIP</source>
        <translation>%1, ZIP</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>The dry run failed</source>
        <translation>Der Probelauf ist gescheitert</translation>
    </message>
    <message>
        <source>The export failed</source>
        <translation>Der Export ist gescheitert</translation>
    </message>
    <message>
        <source>Make room and try again, or go back and choose a place on another disk.</source>
        <translation>Schaffen Sie Platz und versuchen Sie es erneut, oder gehen Sie zurück und wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>Try again. If it happens again, the disk may be faulty.</source>
        <translation>Versuchen Sie es erneut. Geschieht es wieder, ist der Datenträger vielleicht defekt.</translation>
    </message>
    <message>
        <source>See that the sources can be reached, then try again; or rescan.</source>
        <translation>Sorgen Sie dafür, dass die Quellen erreichbar sind, und versuchen Sie es erneut; oder lesen Sie neu ein.</translation>
    </message>
    <message>
        <source>Go back and choose otherwise, or change the plan.</source>
        <translation>Gehen Sie zurück und wählen Sie anders, oder ändern Sie den Plan.</translation>
    </message>
    <message>
        <source>Mend the cause or choose another place, then try again.</source>
        <translation>Beheben Sie die Ursache oder wählen Sie einen anderen Ort, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Files to write</source>
        <translation>Zu schreibende Dateien</translation>
    </message>
    <message>
        <source>Files written</source>
        <translation>Geschriebene Dateien</translation>
    </message>
    <message>
        <source>New UIDs</source>
        <translation>Neue UIDs</translation>
    </message>
    <message>
        <source>SOP Instance UIDs kept</source>
        <translation>SOP Instance UIDs behalten</translation>
    </message>
    <message>
        <source>Sources changed since the scan</source>
        <translation>Quellen seit dem Einlesen geändert</translation>
    </message>
    <message>
        <source>checked just now</source>
        <translation>soeben geprüft</translation>
    </message>
    <message>
        <source>nothing is left out</source>
        <translation>nichts ist ausgelassen</translation>
    </message>
    <message>
        <source>of %1; not written: </source>
        <translation>von %1; nicht geschrieben: </translation>
    </message>
    <message>
        <source>free in the target: %1</source>
        <translation>frei am Ziel: %1</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>each object gets a new one</source>
        <translation>jedes Objekt bekommt eine neue</translation>
    </message>
    <message>
        <source>their files are copied byte for byte</source>
        <translation>ihre Dateien werden Byte für Byte kopiert</translation>
    </message>
    <message>
        <source>1 of them in a file that changes</source>
        <translation>1 davon in einer Datei, die sich ändert</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them in files that change</source>
        <translation>
            <numerusform>%Ln davon in einer Datei, die sich ändert</numerusform>
            <numerusform>%Ln davon in Dateien, die sich ändern</numerusform>
        </translation>
    </message>
    <message>
        <source>References rewritten</source>
        <translation>Umgeschriebene Verweise</translation>
    </message>
    <message>
        <source>none names a UID that changes</source>
        <translation>keiner nennt eine UID, die sich ändert</translation>
    </message>
    <message>
        <source>they follow the new UIDs</source>
        <translation>sie folgen den neuen UIDs</translation>
    </message>
    <message>
        <source>References that resolve</source>
        <translation>Verweise, die ihr Ziel finden</translation>
    </message>
    <message>
        <source>as before, each to its mapped target</source>
        <translation>wie zuvor, jeder zu seinem neuen Ziel</translation>
    </message>
    <message>
        <source>%1 before; the others are removed with what holds them</source>
        <translation>zuvor %1; die anderen fallen mit dem weg, was sie enthält</translation>
    </message>
    <message>
        <source>References unresolved</source>
        <translation>Verweise ohne Ziel</translation>
    </message>
    <message>
        <source>%1 before the export</source>
        <translation>%1 vor dem Export</translation>
    </message>
    <message>
        <source>they name what is loaded and not written</source>
        <translation>sie nennen, was geladen ist und nicht geschrieben wird</translation>
    </message>
    <message>
        <source>Preambles zeroed</source>
        <translation>Geleerte Präambeln</translation>
    </message>
    <message>
        <source>none holds a program or an archive</source>
        <translation>keine enthält ein Programm oder ein Archiv</translation>
    </message>
    <message>
        <source>they hold the beginning of a program, an archive or a picture</source>
        <translation>sie enthalten den Anfang eines Programms, eines Archivs oder eines Bildes</translation>
    </message>
    <message>
        <source>Values only in the DICOMDIR</source>
        <translation>Werte nur im DICOMDIR</translation>
    </message>
    <message>
        <source>it must say them, and the files do not</source>
        <translation>er muss sie angeben, und die Dateien tun es nicht</translation>
    </message>
    <message>
        <source>Rejection notes</source>
        <translation>Rejection Notes</translation>
    </message>
    <message>
        <source>one a study, for %1</source>
        <translation>eine je Studie, für %1</translation>
    </message>
    <message>
        <source>1 identical copy</source>
        <translation>1 identische Kopie</translation>
    </message>
    <message numerus="yes">
        <source>%Ln identical copies</source>
        <translation>
            <numerusform>%Ln identische Kopie</numerusform>
            <numerusform>%Ln identische Kopien</numerusform>
        </translation>
    </message>
    <message>
        <source>1 truncated file</source>
        <translation>1 abgeschnittene Datei</translation>
    </message>
    <message numerus="yes">
        <source>%Ln truncated files</source>
        <translation>
            <numerusform>%Ln abgeschnittene Datei</numerusform>
            <numerusform>%Ln abgeschnittene Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>1 broken file</source>
        <translation>1 beschädigte Datei</translation>
    </message>
    <message numerus="yes">
        <source>%Ln broken files</source>
        <translation>
            <numerusform>%Ln beschädigte Datei</numerusform>
            <numerusform>%Ln beschädigte Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>1 DICOMDIR</source>
        <translation>1 DICOMDIR</translation>
    </message>
    <message numerus="yes">
        <source>%Ln DICOMDIRs</source>
        <translation>
            <numerusform>%Ln DICOMDIR</numerusform>
            <numerusform>%Ln DICOMDIRs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportWorkPage</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
</context>
<context>
    <name>FetchKeysBox</name>
    <message>
        <source>Copy keys</source>
        <translation>Schlüssel kopieren</translation>
    </message>
    <message>
        <source>This %1 is not loaded. Fetch it with these keys:</source>
        <translation>Nicht geladen: %1. Abrufen mit diesen Schlüsseln:</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>Patient ID</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>from the reference</source>
        <translation>aus dem Verweis</translation>
    </message>
    <message>
        <source>from the list of references</source>
        <translation>aus der Liste der Verweise</translation>
    </message>
    <message>
        <source>from the evidence</source>
        <translation>aus dem Nachweis (Evidence)</translation>
    </message>
    <message>
        <source>from the evidence of the image</source>
        <translation>aus dem Nachweis (Evidence) des Bildes</translation>
    </message>
    <message>
        <source>from around the reference</source>
        <translation>aus der Umgebung des Verweises</translation>
    </message>
    <message>
        <source>from another object</source>
        <translation>aus einem anderen Objekt</translation>
    </message>
    <message>
        <source>from the loaded part of the series</source>
        <translation>aus dem geladenen Teil der Serie</translation>
    </message>
    <message>
        <source>from this object</source>
        <translation>aus diesem Objekt</translation>
    </message>
    <message>
        <source>assumed: that of this object</source>
        <translation>angenommen: wie bei diesem Objekt</translation>
    </message>
</context>
<context>
    <name>FileChangesPanel</name>
    <message>
        <source>What changes in the file, before and after</source>
        <translation>Was sich in der Datei ändert, vorher und nachher</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Which elements of the file are listed</source>
        <translation>Welche Elemente der Datei aufgeführt sind</translation>
    </message>
    <message>
        <source>Previous change</source>
        <translation>Vorige Änderung</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>Nächste Änderung</translation>
    </message>
    <message>
        <source>Select a row to see what changes in its file.</source>
        <translation>Wählen Sie eine Zeile, um zu sehen, was sich in ihrer Datei ändert.</translation>
    </message>
    <message>
        <source>This row is switched off: the old UID stays.</source>
        <translation>Diese Zeile ist abgeschaltet: Die alte UID bleibt.</translation>
    </message>
    <message>
        <source>No file of the output holds this UID.</source>
        <translation>Keine Datei der Ausgabe enthält diese UID.</translation>
    </message>
    <message>
        <source>%1 of %2 elements change, unchanged hidden</source>
        <translation>%1 von %2 Elementen ändern sich, Unverändertes verborgen</translation>
    </message>
    <message>
        <source>%1 of %2 elements change</source>
        <translation>%1 von %2 Elementen ändern sich</translation>
    </message>
    <message>
        <source>%1 of %2 elements change, the first %3 shown</source>
        <translation>%1 von %2 Elementen ändern sich, die ersten %3 gezeigt</translation>
    </message>
</context>
<context>
    <name>FilesModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Transfer syntax</source>
        <translation>Transfersyntax</translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>Bemerkt</translation>
    </message>
    <message>
        <source>none; read as explicit, little endian</source>
        <translation>keine; gelesen als explizit, Little Endian</translation>
    </message>
    <message>
        <source>none; read as implicit, little endian</source>
        <translation>keine; gelesen als implizit, Little Endian</translation>
    </message>
    <message>
        <source>none; read as explicit, big endian</source>
        <translation>keine; gelesen als explizit, Big Endian</translation>
    </message>
    <message>
        <source>none; read as deflated</source>
        <translation>keine; gelesen als komprimiert (deflated)</translation>
    </message>
    <message>
        <source>truncated: not exported</source>
        <translation>abgeschnitten: nicht exportiert</translation>
    </message>
    <message>
        <source>broken: not exported</source>
        <translation>beschädigt: nicht exportiert</translation>
    </message>
    <message>
        <source>no file meta</source>
        <translation>keine File-Meta-Information</translation>
    </message>
    <message>
        <source>no preamble</source>
        <translation>keine Präambel</translation>
    </message>
    <message>
        <source>has another name</source>
        <translation>hat einen anderen Namen</translation>
    </message>
</context>
<context>
    <name>FilesTab</name>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>The files of what is selected</source>
        <translation>Die Dateien der Auswahl</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>The first %1 of %2 files</source>
        <translation>Die ersten %1 von %2 Dateien</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingDetail</name>
    <message>
        <source>Add fix to plan</source>
        <translation>Behebung in den Plan</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen…</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Ignore…</source>
        <translation>Ignorieren…</translation>
    </message>
    <message>
        <source>Ignore with reason</source>
        <translation>Mit Begründung ignorieren</translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>Wieder zeigen</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Add this rule’s fixes</source>
        <translation>Regel in den Plan</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>silently dropped</source>
        <translation>unbemerkt verworfen</translation>
    </message>
    <message>
        <source>misfiled</source>
        <translation>falsch zugeordnet</translation>
    </message>
    <message>
        <source>broken link</source>
        <translation>toter Verweis</translation>
    </message>
    <message>
        <source>cosmetic</source>
        <translation>kosmetisch</translation>
    </message>
    <message>
        <source>part %1</source>
        <translation>Teil %1</translation>
    </message>
    <message>
        <source>parts %1 and %2</source>
        <translation>Teile %1 und %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>1 more; a report lists all</source>
        <translation>1 weitere; ein Bericht führt alle auf</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more; a report lists all</source>
        <translation>
            <numerusform>%Ln weitere; ein Bericht führt alle auf</numerusform>
            <numerusform>%Ln weitere; ein Bericht führt alle auf</numerusform>
        </translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>1 Feststellung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln findings</source>
        <translation>
            <numerusform>%Ln Feststellung</numerusform>
            <numerusform>%Ln Feststellungen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to file</source>
        <translation>Zur Datei</translation>
    </message>
    <message>
        <source>Go to patient</source>
        <translation>Zum Patienten</translation>
    </message>
    <message>
        <source>Go to study</source>
        <translation>Zur Studie</translation>
    </message>
    <message>
        <source>Go to series</source>
        <translation>Zur Serie</translation>
    </message>
    <message>
        <source>Go to image</source>
        <translation>Zum Bild</translation>
    </message>
    <message>
        <source>Go to object</source>
        <translation>Zum Objekt</translation>
    </message>
    <message numerus="yes">
        <source>Go to %Ln objects</source>
        <translation>
            <numerusform>Zum %Ln Objekt</numerusform>
            <numerusform>Zu den %Ln Objekten</numerusform>
        </translation>
    </message>
    <message>
        <source>serial %1</source>
        <translation>Seriennr. %1</translation>
    </message>
    <message>
        <source>software %1</source>
        <translation>Software %1</translation>
    </message>
    <message>
        <source>No device named</source>
        <translation>Kein Gerät genannt</translation>
    </message>
    <message>
        <source>1 other</source>
        <translation>1 weiteres</translation>
    </message>
    <message numerus="yes">
        <source>%Ln others</source>
        <translation>
            <numerusform>%Ln weiteres</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingsModel</name>
    <message>
        <source>Finding</source>
        <translation>Feststellung</translation>
    </message>
    <message>
        <source>Consequence</source>
        <translation>Folge</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Findings</source>
        <translation>Feststellungen</translation>
    </message>
    <message>
        <source>Findings by rule</source>
        <translation>Feststellungen nach Regel</translation>
    </message>
    <message>
        <source>Previous finding</source>
        <translation>Vorige Feststellung</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>Nächste Feststellung</translation>
    </message>
    <message>
        <source>Add all fixes to plan</source>
        <translation>Alle Behebungen planen</translation>
    </message>
    <message>
        <source>Plans what mends the findings and asks nothing; says how many need a decision</source>
        <translation>Plant, was die Feststellungen behebt und nichts fragt; sagt, wie viele eine Entscheidung brauchen</translation>
    </message>
    <message>
        <source>By rule</source>
        <translation>Nach Regel</translation>
    </message>
    <message>
        <source>By device</source>
        <translation>Nach Gerät</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>Ignoriert</translation>
    </message>
    <message>
        <source>How findings are listed</source>
        <translation>Wie Feststellungen aufgeführt werden</translation>
    </message>
    <message>
        <source>Nothing is loaded.</source>
        <translation>Nichts ist geladen.</translation>
    </message>
    <message>
        <source>Nothing was found but what is ignored.</source>
        <translation>Außer Ignoriertem wurde nichts gefunden.</translation>
    </message>
    <message>
        <source>Nothing was found: every rule is kept.</source>
        <translation>Nichts wurde gefunden: Jede Regel ist eingehalten.</translation>
    </message>
    <message>
        <source>The findings come when everything is read and checked.</source>
        <translation>Die Feststellungen kommen, wenn alles eingelesen und geprüft ist.</translation>
    </message>
    <message>
        <source>What is loaded has not been checked.</source>
        <translation>Das Geladene wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>Go to the first</source>
        <translation>Zur ersten</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>silently dropped</source>
        <translation>unbemerkt verworfen</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search this page</source>
        <translation>Diese Seite durchsuchen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Nothing here holds these words.</source>
        <translation>Diese Wörter kommen hier nicht vor.</translation>
    </message>
    <message>
        <source>Show it in its full size</source>
        <translation>In voller Größe zeigen</translation>
    </message>
</context>
<context>
    <name>HierarchyHeader</name>
    <message>
        <source>Reset columns</source>
        <translation>Spalten zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Sort by</source>
        <translation>&amp;Sortieren nach</translation>
    </message>
    <message>
        <source>Natural order</source>
        <translation>Natürliche Reihenfolge</translation>
    </message>
    <message>
        <source>Reverse order</source>
        <translation>Umgekehrte Reihenfolge</translation>
    </message>
</context>
<context>
    <name>HierarchyWords</name>
    <message numerus="yes">
        <source>%Ln new UIDs</source>
        <translation>
            <numerusform>%Ln neue UID</numerusform>
            <numerusform>%Ln neue UIDs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentityTab</name>
    <message>
        <source>The UIDs of what is selected</source>
        <translation>Die UIDs der Auswahl</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>A patient has no UID. Select a study, a series or an image.</source>
        <translation>Ein Patient hat keine UID. Wählen Sie eine Studie, eine Serie oder ein Bild.</translation>
    </message>
</context>
<context>
    <name>IgnoreDialog</name>
    <message>
        <source>Ignore with reason</source>
        <translation>Mit Begründung ignorieren</translation>
    </message>
    <message>
        <source>What is ignored</source>
        <translation>Was ignoriert wird</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Why it may be ignored</source>
        <translation>Warum es ignoriert werden darf</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>This UID</source>
        <translation>Diese UID</translation>
    </message>
    <message>
        <source>This series</source>
        <translation>Diese Serie</translation>
    </message>
    <message>
        <source>Findings of this rule within the series.</source>
        <translation>Feststellungen dieser Regel in der Serie.</translation>
    </message>
    <message>
        <source>This study</source>
        <translation>Diese Studie</translation>
    </message>
    <message>
        <source>Findings of this rule within the study.</source>
        <translation>Feststellungen dieser Regel in der Studie.</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>Dieses Gerät</translation>
    </message>
    <message>
        <source>The whole rule</source>
        <translation>Die ganze Regel</translation>
    </message>
    <message>
        <source>All findings of this rule, wherever.</source>
        <translation>Alle Feststellungen dieser Regel, wo auch immer.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It stays in the list of what is ignored, and in the report, with the reason.</source>
        <translation>Sie bleibt mit der Begründung in der Liste der ignorierten und im Bericht.</translation>
    </message>
</context>
<context>
    <name>IgnoredModel</name>
    <message>
        <source>Ignored</source>
        <translation>Ignoriert</translation>
    </message>
    <message>
        <source>Reason, place</source>
        <translation>Begründung, Ort</translation>
    </message>
    <message>
        <source>UID</source>
        <translation>UID</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Feststellungen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
</context>
<context>
    <name>IgnoredView</name>
    <message>
        <source>What is ignored</source>
        <translation>Was ignoriert wird</translation>
    </message>
    <message>
        <source>Ignored findings</source>
        <translation>Ignorierte Feststellungen</translation>
    </message>
    <message>
        <source>Nothing is ignored.</source>
        <translation>Nichts wird ignoriert.</translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>Wieder zeigen</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>Ignoriert</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Ignored because</source>
        <translation>Ignoriert, weil</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Feststellungen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>Beziehungen</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>What to show of the selection</source>
        <translation>Was von der Auswahl gezeigt wird</translation>
    </message>
</context>
<context>
    <name>InspectorTab</name>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>Select something in the tree.</source>
        <translation>Wählen Sie etwas im Baum.</translation>
    </message>
    <message>
        <source>This is not loaded any more.</source>
        <translation>Das ist nicht mehr geladen.</translation>
    </message>
</context>
<context>
    <name>IntentionWords</name>
    <message>
        <source>New identifiers for these objects</source>
        <translation>Neue Kennungen für diese Objekte</translation>
    </message>
    <message>
        <source>Study and series stay. Old ones in an archive must be rejected there: a list is written.</source>
        <translation>Studie und Serie bleiben. Alte in einem Archiv müssen dort zurückgewiesen werden: Eine Liste wird geschrieben.</translation>
    </message>
    <message>
        <source>A new derived series</source>
        <translation>Eine neue abgeleitete Serie</translation>
    </message>
    <message>
        <source>In the same study, with the next free number; frame of reference and references to the sources are kept.</source>
        <translation>In derselben Studie, mit der nächsten freien Nummer; Bezugssystem und Verweise auf die Quellen bleiben.</translation>
    </message>
    <message>
        <source>An independent copy</source>
        <translation>Eine unabhängige Kopie</translation>
    </message>
    <message>
        <source>A study of its own. A frame of reference gets a new UID only where all that share it are selected.</source>
        <translation>Eine eigene Studie. Ein Bezugssystem bekommt nur dann eine neue UID, wenn alle ausgewählt sind, die es teilen.</translation>
    </message>
    <message>
        <source>Pseudonyms for every identifying UID</source>
        <translation>Pseudonyme für jede identifizierende UID</translation>
    </message>
    <message>
        <source>This is not de-identification: names, dates, text and pictures stay as they are.</source>
        <translation>Das ist keine De-Identifizierung: Namen, Daten, Text und Bilder bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Move into another study or series</source>
        <translation>In andere Studie oder Serie verschieben</translation>
    </message>
    <message>
        <source>Its keys, patient and study are taken over. The old objects must be rejected in the archive.</source>
        <translation>Deren Schlüssel, Patient und Studie werden übernommen. Die alten Objekte müssen im Archiv zurückgewiesen werden.</translation>
    </message>
    <message>
        <source>Tell apart what shares a UID</source>
        <translation>Trennen, was sich eine UID teilt</translation>
    </message>
    <message>
        <source>One of them keeps it, all others get new ones; references are asked about.</source>
        <translation>Eines behält sie, alle anderen bekommen neue; nach Verweisen wird gefragt.</translation>
    </message>
    <message>
        <source>Repair what breaks a rule</source>
        <translation>Reparieren, was eine Regel verletzt</translation>
    </message>
    <message>
        <source>Only faulty values change, and what refers to them. Everything loaded is written.</source>
        <translation>Nur fehlerhafte Werte ändern sich und was auf sie verweist. Alles Geladene wird geschrieben.</translation>
    </message>
    <message>
        <source>What is meant</source>
        <translation>Was gemeint ist</translation>
    </message>
</context>
<context>
    <name>KeptRules</name>
    <message>
        <source>%1 The usual rules hold.</source>
        <translation>%1 Es gelten die üblichen Regeln.</translation>
    </message>
</context>
<context>
    <name>KeyPart</name>
    <message>
        <source>Choose key file…</source>
        <translation>Schlüsseldatei wählen…</translation>
    </message>
    <message>
        <source>Name of a key in the system&apos;s keyring</source>
        <translation>Name eines Schlüssels im Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Name in the system&apos;s keyring</source>
        <translation>Name im Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Take from keyring</source>
        <translation>Aus Schlüsselbund nehmen</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>Wie zuvor</translation>
    </message>
    <message>
        <source>or</source>
        <translation>oder</translation>
    </message>
    <message>
        <source>Key in use: %1, fingerprint %2</source>
        <translation>Schlüssel in Gebrauch: %1, Fingerabdruck %2</translation>
    </message>
</context>
<context>
    <name>LengthMeter</name>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>MainToolBar</name>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>This gives up the plan.</source>
        <translation>Damit wird der Plan aufgegeben.</translation>
    </message>
    <message>
        <source>It has not been exported. The files themselves stay as they are.</source>
        <translation>Er wurde nicht exportiert. Die Dateien selbst bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Give up the plan</source>
        <translation>Plan aufgeben</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Work is still under way.</source>
        <translation>Die Arbeit läuft noch.</translation>
    </message>
    <message>
        <source>Closing stops it. The files that are read stay as they are.</source>
        <translation>Schließen hält es an. Die eingelesenen Dateien bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Anhalten und schließen</translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation>Weiterarbeiten</translation>
    </message>
    <message>
        <source>The plan has not been exported.</source>
        <translation>Der Plan wurde nicht exportiert.</translation>
    </message>
    <message>
        <source>Closing gives it up. The files that were read stay as they are.</source>
        <translation>Schließen gibt ihn auf. Die eingelesenen Dateien bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Close without export</source>
        <translation>Ohne Export schließen</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>Weiterarbeiten</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>MessageToolBar</name>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
</context>
<context>
    <name>MoreChoices</name>
    <message>
        <source>A frame of reference of its own</source>
        <translation>Ein eigenes Bezugssystem (Frame of Reference)</translation>
    </message>
    <message>
        <source>Replace old UIDs in texts too</source>
        <translation>Alte UIDs auch in Texten ersetzen</translation>
    </message>
    <message>
        <source>The replaced values (0400,0561)</source>
        <translation>Die ersetzten Werte (0400,0561)</translation>
    </message>
    <message>
        <source>That this program took part (0018,A001)</source>
        <translation>Dass dieses Programm beteiligt war (0018,A001)</translation>
    </message>
    <message>
        <source>The object that each was made from (0008,2112)</source>
        <translation>Das Objekt, aus dem jedes entstand (0008,2112)</translation>
    </message>
    <message>
        <source>Who replaced the values</source>
        <translation>Wer die Werte ersetzt hat</translation>
    </message>
    <message>
        <source>Who gave the replaced values</source>
        <translation>Von wem die ersetzten Werte stammen</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Which derivation of the same source this is</source>
        <translation>Die wievielte Ableitung derselben Quelle dies ist</translation>
    </message>
    <message>
        <source>Also where objects outside the selection share the old one: they no longer register.</source>
        <translation>Auch wo Objekte außerhalb der Auswahl das alte teilen: Sie liegen dann nicht mehr übereinander.</translation>
    </message>
    <message>
        <source>In plain text and private elements with room for it; names and numbers stay.</source>
        <translation>In reinem Text und in privaten Elementen, die Platz dafür haben; Namen und Nummern bleiben.</translation>
    </message>
    <message>
        <source>Accession Number</source>
        <translation>Accession Number</translation>
    </message>
    <message>
        <source>Study ID</source>
        <translation>Study ID</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anforderung</translation>
    </message>
    <message>
        <source>Performed step</source>
        <translation>Ausgeführter Schritt</translation>
    </message>
    <message>
        <source>Kept, the order finds original and copy.</source>
        <translation>Bleibt sie, findet der Auftrag Original und Kopie.</translation>
    </message>
    <message>
        <source>Kept, people take both for one study.</source>
        <translation>Bleibt sie, hält man beide für eine Studie.</translation>
    </message>
    <message>
        <source>Kept, an archive may file the copy under the request.</source>
        <translation>Bleibt sie, ordnet ein Archiv die Kopie womöglich der Anforderung zu.</translation>
    </message>
    <message>
        <source>Kept, it names a step that knows nothing of the copy.</source>
        <translation>Bleibt er, nennt er einen Schritt, der von der Kopie nichts weiß.</translation>
    </message>
    <message>
        <source>Left empty in the copy, as its type allows</source>
        <translation>In der Kopie leer, wie der Typ es erlaubt</translation>
    </message>
    <message>
        <source>Derivation number</source>
        <translation>Nummer der Ableitung</translation>
    </message>
    <message>
        <source>With a key, a second series from the same source needs another.</source>
        <translation>Mit einem Schlüssel braucht eine zweite Serie aus derselben Quelle eine andere.</translation>
    </message>
    <message>
        <source>What the files tell of their past</source>
        <translation>Was die Dateien über ihre Herkunft sagen</translation>
    </message>
</context>
<context>
    <name>MoveChoicesModel</name>
    <message>
        <source>Study or series</source>
        <translation>Studie oder Serie</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>UID</source>
        <translation>UID</translation>
    </message>
</context>
<context>
    <name>MovePart</name>
    <message>
        <source>Search for the study or series to move into</source>
        <translation>Studie oder Serie suchen, in die verschoben wird</translation>
    </message>
    <message>
        <source>Study or series: name, ID, UID, description</source>
        <translation>Studie oder Serie: Name, ID, UID, Beschreibung</translation>
    </message>
    <message>
        <source>Studies and series to move into</source>
        <translation>Studien und Serien, in die verschoben werden kann</translation>
    </message>
    <message>
        <source>1 more</source>
        <translation>1 weiteres</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weiteres</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken over from there: %1.</source>
        <translation>Von dort übernommen: %1.</translation>
    </message>
    <message>
        <source>There are more: search for the one wanted.</source>
        <translation>Es gibt mehr: Suchen Sie die gewünschte.</translation>
    </message>
    <message>
        <source>No study or series holds this.</source>
        <translation>Keine Studie oder Serie enthält das.</translation>
    </message>
</context>
<context>
    <name>NewUidDelegate</name>
    <message>
        <source>New UID</source>
        <translation>Neue UID</translation>
    </message>
    <message>
        <source>Enter takes this UID; Escape leaves the one before.</source>
        <translation>Eingabe übernimmt diese UID; Esc lässt die vorige.</translation>
    </message>
</context>
<context>
    <name>NotLoadedModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheit</translation>
    </message>
</context>
<context>
    <name>NotLoadedPanel</name>
    <message>
        <source>Not loaded</source>
        <translation>Nicht geladen</translation>
    </message>
    <message>
        <source>Files that were not loaded</source>
        <translation>Dateien, die nicht geladen wurden</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Nothing is loaded.</source>
        <translation>Nichts ist geladen.</translation>
    </message>
    <message>
        <source>Every file that was found so far is loaded.</source>
        <translation>Jede bisher gefundene Datei ist geladen.</translation>
    </message>
</context>
<context>
    <name>NumberRequestRow</name>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Installation</source>
        <translation>Installation</translation>
    </message>
    <message>
        <source>What gets a number</source>
        <translation>Was eine Nummer bekommt</translation>
    </message>
    <message>
        <source>Another number for this installation</source>
        <translation>Andere Nummer für diese Installation</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>Andere Nummer</translation>
    </message>
    <message>
        <source>Hand out</source>
        <translation>Vergeben</translation>
    </message>
    <message>
        <source>New version of %1</source>
        <translation>Neue Version von %1</translation>
    </message>
    <message>
        <source>Name of a new product</source>
        <translation>Name eines neuen Produkts</translation>
    </message>
    <message>
        <source>Select a product below first</source>
        <translation>Zuerst unten ein Produkt wählen</translation>
    </message>
    <message>
        <source>Serial number of an installation</source>
        <translation>Seriennummer einer Installation</translation>
    </message>
    <message>
        <source>It gets</source>
        <translation>Sie bekommt</translation>
    </message>
</context>
<context>
    <name>OperationMessages</name>
    <message>
        <source>Reading was cancelled.</source>
        <translation>Das Einlesen wurde abgebrochen.</translation>
    </message>
    <message>
        <source>What is loaded has not been checked.</source>
        <translation>Das Geladene wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>Check what is loaded</source>
        <translation>Geladenes prüfen</translation>
    </message>
    <message>
        <source>Nothing has changed since the files were read.</source>
        <translation>Seit dem Einlesen hat sich nichts geändert.</translation>
    </message>
    <message>
        <source>There are no files to read.</source>
        <translation>Es gibt keine Dateien zu lesen.</translation>
    </message>
    <message>
        <source>Checking was cancelled.</source>
        <translation>Die Prüfung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The findings are not complete.</source>
        <translation>Die Feststellungen sind nicht vollständig.</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>No fix can be planned without a decision.</source>
        <translation>Ohne eine Entscheidung lässt sich keine Behebung planen.</translation>
    </message>
    <message>
        <source>The fix of 1 finding is in the plan.</source>
        <translation>Die Behebung von 1 Feststellung ist im Plan.</translation>
    </message>
    <message numerus="yes">
        <source>Fixes of %Ln findings are in the plan.</source>
        <translation>
            <numerusform>Die Behebung von %Ln Feststellung ist im Plan.</numerusform>
            <numerusform>Die Behebungen von %Ln Feststellungen sind im Plan.</numerusform>
        </translation>
    </message>
    <message>
        <source>The report is saved.</source>
        <translation>Der Bericht ist gespeichert.</translation>
    </message>
    <message>
        <source>Nothing that is named is missing: no list was saved.</source>
        <translation>Nichts, was genannt wird, fehlt: Es wurde keine Liste gespeichert.</translation>
    </message>
    <message>
        <source>The list of 1 missing object is saved.</source>
        <translation>Die Liste mit 1 fehlenden Objekt ist gespeichert.</translation>
    </message>
    <message numerus="yes">
        <source>The list of %Ln missing objects is saved.</source>
        <translation>
            <numerusform>Die Liste mit %Ln fehlenden Objekt ist gespeichert.</numerusform>
            <numerusform>Die Liste mit %Ln fehlenden Objekten ist gespeichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>The audit log is saved.</source>
        <translation>Das Protokoll ist gespeichert.</translation>
    </message>
    <message>
        <source>The project is saved.</source>
        <translation>Das Projekt ist gespeichert.</translation>
    </message>
    <message>
        <source>It holds old and new UIDs side by side: keep it safe. %1</source>
        <translation>Es enthält alte und neue UIDs nebeneinander: sicher aufbewahren. %1</translation>
    </message>
    <message>
        <source>%1 of 1 file loaded.</source>
        <translation>%1 von 1 Datei geladen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln files loaded.</source>
        <translation>
            <numerusform>%1 von %Ln Datei geladen.</numerusform>
            <numerusform>%1 von %Ln Dateien geladen.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 needs a decision of yours: choose it in Findings.</source>
        <translation>1 braucht Ihre Entscheidung: Wählen Sie sie unter Feststellungen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln need a decision of yours: choose them in Findings.</source>
        <translation>
            <numerusform>%Ln braucht Ihre Entscheidung: Wählen Sie sie unter Feststellungen.</numerusform>
            <numerusform>%Ln brauchen Ihre Entscheidung: Wählen Sie sie unter Feststellungen.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 was not; it is listed with its reason.</source>
        <translation>1 nicht; sie ist mit dem Grund aufgeführt.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln were not; each is listed with its reason.</source>
        <translation>
            <numerusform>%Ln nicht; sie ist mit dem Grund aufgeführt.</numerusform>
            <numerusform>%Ln nicht; jede ist mit dem Grund aufgeführt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show 1 file</source>
        <translation>1 Datei zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln files</source>
        <translation>
            <numerusform>%Ln Datei zeigen</numerusform>
            <numerusform>%Ln Dateien zeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrganizationFileRow</name>
    <message>
        <source>My own file</source>
        <translation>Meine eigene Datei</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>New file…</source>
        <translation>Neue Datei…</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>Aufbewahrt in %1</translation>
    </message>
</context>
<context>
    <name>OrganizationModel</name>
    <message>
        <source>the next number is %1</source>
        <translation>die nächste Nummer ist %1</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Produkte</translation>
    </message>
    <message>
        <source>Installations</source>
        <translation>Installationen</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>stillgelegt</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>Name or serial number</source>
        <translation>Name oder Seriennummer</translation>
    </message>
    <message>
        <source>UID</source>
        <translation>UID</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
</context>
<context>
    <name>PanelDock</name>
    <message>
        <source>Show in a window of its own</source>
        <translation>In eigenem Fenster zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PasteUidsDialog</name>
    <message>
        <source>Paste UIDs</source>
        <translation>UIDs einfügen</translation>
    </message>
    <message>
        <source>Find pasted UIDs</source>
        <translation>Eingefügte UIDs finden</translation>
    </message>
    <message>
        <source>Text with UIDs</source>
        <translation>Text mit UIDs</translation>
    </message>
    <message>
        <source>An error log, a mail, a column of a table</source>
        <translation>Ein Fehlerprotokoll, eine E-Mail, eine Spalte einer Tabelle</translation>
    </message>
    <message>
        <source>Copy those not found</source>
        <translation>Nicht gefundene kopieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>UIDs that were not found</source>
        <translation>UIDs, die nicht gefunden wurden</translation>
    </message>
    <message>
        <source>Which of these are loaded?</source>
        <translation>Welche davon sind geladen?</translation>
    </message>
    <message>
        <source>Spaces, quotes and line numbers do not matter; what is no UID is passed over.</source>
        <translation>Leerzeichen, Anführungszeichen und Zeilennummern stören nicht; was keine UID ist, wird übergangen.</translation>
    </message>
    <message>
        <source>Select 1 in the tree</source>
        <translation>1 im Baum auswählen</translation>
    </message>
    <message numerus="yes">
        <source>Select %Ln in the tree</source>
        <translation>
            <numerusform>%Ln im Baum auswählen</numerusform>
            <numerusform>%Ln im Baum auswählen</numerusform>
        </translation>
    </message>
    <message>
        <source>Select in the tree</source>
        <translation>Im Baum auswählen</translation>
    </message>
    <message>
        <source>No UID yet</source>
        <translation>Noch keine UID</translation>
    </message>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln gefunden</numerusform>
            <numerusform>%Ln gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not found</source>
        <translation>
            <numerusform>%Ln nicht gefunden</numerusform>
            <numerusform>%Ln nicht gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln faulty</source>
        <translation>
            <numerusform>%Ln fehlerhaft</numerusform>
            <numerusform>%Ln fehlerhaft</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PastedModel</name>
    <message>
        <source>not loaded</source>
        <translation>nicht geladen</translation>
    </message>
    <message>
        <source>only named in loaded files</source>
        <translation>nur in geladenen Dateien genannt</translation>
    </message>
    <message>
        <source>registered by DICOM, no object&apos;s</source>
        <translation>von DICOM registriert, keine eines Objekts</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
    </message>
</context>
<context>
    <name>PathChoice</name>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Choose key file</source>
        <translation>Schlüsseldatei wählen</translation>
    </message>
    <message>
        <source>Open UID roots</source>
        <translation>UID-Wurzeln öffnen</translation>
    </message>
    <message>
        <source>New file for UID roots</source>
        <translation>Neue Datei für UID-Wurzeln</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Save audit log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Save list</source>
        <translation>Liste speichern</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>Projekte</translation>
    </message>
</context>
<context>
    <name>PlanColumnWords</name>
    <message>
        <source>Level</source>
        <translation>Ebene</translation>
    </message>
    <message>
        <source>Old UID</source>
        <translation>Alte UID</translation>
    </message>
    <message>
        <source>New UID</source>
        <translation>Neue UID</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Refs</source>
        <translation>Verweise</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>PlanNotices</name>
    <message>
        <source>Replace them</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>UIDs in texts stay</source>
        <translation>UIDs in Texten bleiben</translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation>Gut zu wissen</translation>
    </message>
    <message>
        <source>A conflict blocks the export</source>
        <translation>Ein Konflikt verhindert den Export</translation>
    </message>
    <message>
        <source>This cannot be planned as it stands</source>
        <translation>So lässt sich das nicht planen</translation>
    </message>
    <message>
        <source>The export is blocked until this is acknowledged</source>
        <translation>Der Export ist gesperrt, bis Sie dies bestätigen</translation>
    </message>
    <message>
        <source>Change them too</source>
        <translation>Auch ändern</translation>
    </message>
    <message>
        <source>The export is blocked until this is decided</source>
        <translation>Der Export ist gesperrt, bis dies entschieden ist</translation>
    </message>
    <message>
        <source>This would block the export until it is decided</source>
        <translation>Dies würde den Export sperren, bis es entschieden ist</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>Entscheiden…</translation>
    </message>
    <message>
        <source>Include them</source>
        <translation>Aufnehmen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files outside refer to what changes</source>
        <translation>
            <numerusform>%Ln Datei außerhalb verweist auf Geändertes</numerusform>
            <numerusform>%Ln Dateien außerhalb verweisen auf Geändertes</numerusform>
        </translation>
    </message>
    <message>
        <source>1 file outside refers to what changes: %1</source>
        <translation>1 Datei außerhalb verweist auf Geändertes: %1</translation>
    </message>
    <message>
        <source>Show files</source>
        <translation>Dateien zeigen</translation>
    </message>
    <message>
        <source>And 1 more.</source>
        <translation>Und 1 weitere.</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>Und %Ln weitere.</numerusform>
            <numerusform>Und %Ln weitere.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Nothing is planned yet. Select what is to get new identifiers.</source>
        <translation>Noch ist nichts geplant. Wählen Sie, was neue Kennungen bekommen soll.</translation>
    </message>
    <message>
        <source>Regenerate…</source>
        <translation>Neue UIDs…</translation>
    </message>
    <message>
        <source>The plan: old and new UIDs</source>
        <translation>Der Plan: alte und neue UIDs</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Plan %1</source>
        <translation>Plan %1</translation>
    </message>
    <message>
        <source>No new UIDs</source>
        <translation>Keine neuen UIDs</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>exportiert</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
    <message>
        <source>new identifiers for %1</source>
        <translation>neue Kennungen für %1</translation>
    </message>
    <message>
        <source>new derived series from %1</source>
        <translation>neue abgeleitete Serie aus: %1</translation>
    </message>
    <message>
        <source>independent copy of %1</source>
        <translation>unabhängige Kopie: %1</translation>
    </message>
    <message>
        <source>pseudonyms for %1</source>
        <translation>Pseudonyme für %1</translation>
    </message>
    <message>
        <source>move of %1</source>
        <translation>Verschieben: %1</translation>
    </message>
    <message>
        <source>repair of %1</source>
        <translation>Reparatur: %1</translation>
    </message>
    <message>
        <source>everything loaded</source>
        <translation>alles Geladene</translation>
    </message>
    <message>
        <source>Everything loaded</source>
        <translation>Alles Geladene</translation>
    </message>
    <message>
        <source>Plan 1 new UID</source>
        <translation>1 neue UID planen</translation>
    </message>
    <message numerus="yes">
        <source>Plan %Ln new UIDs</source>
        <translation>
            <numerusform>%Ln neue UID planen</numerusform>
            <numerusform>%Ln neue UIDs planen</numerusform>
        </translation>
    </message>
    <message>
        <source>Also include the file that refers to it</source>
        <translation>Auch die Datei aufnehmen, die darauf verweist</translation>
    </message>
    <message>
        <source>Also include files that refer to it</source>
        <translation>Auch Dateien aufnehmen, die darauf verweisen</translation>
    </message>
    <message numerus="yes">
        <source>Also include the %Ln files that refer to it</source>
        <translation>
            <numerusform>Auch die %Ln Datei aufnehmen, die darauf verweist</numerusform>
            <numerusform>Auch die %Ln Dateien aufnehmen, die darauf verweisen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 patient</source>
        <translation>1 Patient</translation>
    </message>
    <message numerus="yes">
        <source>%Ln patients</source>
        <translation>
            <numerusform>%Ln Patient</numerusform>
            <numerusform>%Ln Patienten</numerusform>
        </translation>
    </message>
    <message>
        <source>1 study</source>
        <translation>1 Studie</translation>
    </message>
    <message numerus="yes">
        <source>%Ln studies</source>
        <translation>
            <numerusform>%Ln Studie</numerusform>
            <numerusform>%Ln Studien</numerusform>
        </translation>
    </message>
    <message>
        <source>1 series</source>
        <translation>1 Serie</translation>
    </message>
    <message numerus="yes">
        <source>%Ln series</source>
        <translation>
            <numerusform>%Ln Serie</numerusform>
            <numerusform>%Ln Serien</numerusform>
        </translation>
    </message>
    <message>
        <source>1 instance</source>
        <translation>1 Instanz</translation>
    </message>
    <message numerus="yes">
        <source>%Ln instances</source>
        <translation>
            <numerusform>%Ln Instanz</numerusform>
            <numerusform>%Ln Instanzen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 frame of reference</source>
        <translation>1 Bezugssystem</translation>
    </message>
    <message numerus="yes">
        <source>%Ln frames of reference</source>
        <translation>
            <numerusform>%Ln Bezugssystem</numerusform>
            <numerusform>%Ln Bezugssysteme</numerusform>
        </translation>
    </message>
    <message>
        <source>1 rule</source>
        <translation>1 Regel</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rules</source>
        <translation>
            <numerusform>%Ln Regel</numerusform>
            <numerusform>%Ln Regeln</numerusform>
        </translation>
    </message>
    <message>
        <source>1 other</source>
        <translation>1 andere</translation>
    </message>
    <message numerus="yes">
        <source>%Ln others</source>
        <translation>
            <numerusform>%Ln andere</numerusform>
            <numerusform>%Ln andere</numerusform>
        </translation>
    </message>
    <message>
        <source>1 place</source>
        <translation>1 Stelle</translation>
    </message>
    <message numerus="yes">
        <source>%Ln places</source>
        <translation>
            <numerusform>%Ln Stelle</numerusform>
            <numerusform>%Ln Stellen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>1 reference</source>
        <translation>1 Verweis</translation>
    </message>
    <message numerus="yes">
        <source>%Ln references</source>
        <translation>
            <numerusform>%Ln Verweis</numerusform>
            <numerusform>%Ln Verweise</numerusform>
        </translation>
    </message>
    <message>
        <source>1 new UID</source>
        <translation>1 neue UID</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new UIDs</source>
        <translation>
            <numerusform>%Ln neue UID</numerusform>
            <numerusform>%Ln neue UIDs</numerusform>
        </translation>
    </message>
    <message>
        <source>1 other change</source>
        <translation>1 andere Änderung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln other changes</source>
        <translation>
            <numerusform>%Ln andere Änderung</numerusform>
            <numerusform>%Ln andere Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 reference follows</source>
        <translation>1 Verweis folgt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln references follow</source>
        <translation>
            <numerusform>%Ln Verweis folgt</numerusform>
            <numerusform>%Ln Verweise folgen</numerusform>
        </translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>Frame of Reference</source>
        <translation>Frame of Reference</translation>
    </message>
    <message>
        <source>Encoding and file meta</source>
        <translation>Kodierung und File Meta</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Frame of reference</source>
        <translation>Bezugssystem</translation>
    </message>
    <message>
        <source>Other identifier</source>
        <translation>Andere Kennung</translation>
    </message>
    <message>
        <source>in 1 file only</source>
        <translation>nur in 1 Datei</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln files only</source>
        <translation>
            <numerusform>nur in %Ln Datei</numerusform>
            <numerusform>nur in %Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>New identifiers</source>
        <translation>Neue Kennungen</translation>
    </message>
    <message>
        <source>New derived series</source>
        <translation>Neue abgeleitete Serie</translation>
    </message>
    <message>
        <source>Independent copy</source>
        <translation>Unabhängige Kopie</translation>
    </message>
    <message>
        <source>Pseudonyms</source>
        <translation>Pseudonyme</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Verschoben</translation>
    </message>
    <message>
        <source>That of where it goes</source>
        <translation>Die des Ziels</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparatur</translation>
    </message>
    <message>
        <source>Named, but not written</source>
        <translation>Genannt, aber nicht geschrieben</translation>
    </message>
    <message>
        <source>%1, typed by hand</source>
        <translation>%1, von Hand eingegeben</translation>
    </message>
    <message>
        <source>1 row switched off</source>
        <translation>1 Zeile abgeschaltet</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows switched off</source>
        <translation>
            <numerusform>%Ln Zeile abgeschaltet</numerusform>
            <numerusform>%Ln Zeilen abgeschaltet</numerusform>
        </translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>ersetzt</translation>
    </message>
    <message>
        <source>1 item</source>
        <translation>1 Item</translation>
    </message>
    <message numerus="yes">
        <source>%Ln items</source>
        <translation>
            <numerusform>%Ln Item</numerusform>
            <numerusform>%Ln Items</numerusform>
        </translation>
    </message>
    <message>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message numerus="yes">
        <source>%Ln bytes</source>
        <translation>
            <numerusform>%Ln Byte</numerusform>
            <numerusform>%Ln Byte</numerusform>
        </translation>
    </message>
    <message>
        <source>planned</source>
        <translation>geplant</translation>
    </message>
    <message>
        <source>follows what it names</source>
        <translation>folgt dem, was es nennt</translation>
    </message>
    <message>
        <source>follows the dataset</source>
        <translation>folgt dem Datensatz</translation>
    </message>
    <message>
        <source>written as it should be</source>
        <translation>geschrieben, wie es sein soll</translation>
    </message>
    <message>
        <source>created now</source>
        <translation>jetzt erzeugt</translation>
    </message>
    <message>
        <source>of the new series</source>
        <translation>der neuen Serie</translation>
    </message>
    <message>
        <source>created by us now</source>
        <translation>von uns jetzt erzeugt</translation>
    </message>
    <message>
        <source>would be false now</source>
        <translation>wäre jetzt falsch</translation>
    </message>
    <message>
        <source>a copy tells no past</source>
        <translation>eine Kopie hat keine Vorgeschichte</translation>
    </message>
    <message>
        <source>is that of the source series</source>
        <translation>wie in der Quellserie</translation>
    </message>
    <message>
        <source>as it is where it goes</source>
        <translation>wie am Ziel</translation>
    </message>
    <message>
        <source>a link to the order of the original</source>
        <translation>eine Verbindung zum Auftrag des Originals</translation>
    </message>
    <message>
        <source>it approved the old object</source>
        <translation>es gab das alte Objekt frei</translation>
    </message>
    <message>
        <source>it signed the old object</source>
        <translation>es signierte das alte Objekt</translation>
    </message>
    <message>
        <source>tells what was changed, and by whom</source>
        <translation>sagt, was geändert wurde und von wem</translation>
    </message>
    <message>
        <source>the text names what changes</source>
        <translation>der Text nennt, was sich ändert</translation>
    </message>
    <message>
        <source>UUID under 2.25</source>
        <translation>UUID unter 2.25</translation>
    </message>
    <message>
        <source>own root, random number</source>
        <translation>eigene Wurzel, Zufallszahl</translation>
    </message>
    <message>
        <source>own root, UUID</source>
        <translation>eigene Wurzel, UUID</translation>
    </message>
    <message>
        <source>own root, date and counter</source>
        <translation>eigene Wurzel, Datum und Zähler</translation>
    </message>
    <message>
        <source>own root, product, site and time</source>
        <translation>eigene Wurzel, Produkt, Ort und Zeit</translation>
    </message>
    <message>
        <source>own root, installation and time</source>
        <translation>eigene Wurzel, Installation und Zeit</translation>
    </message>
    <message>
        <source>repeatable, by a key</source>
        <translation>wiederholbar, mit Schlüssel</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>How new UIDs are made unless a plan says otherwise.</source>
        <translation>Wie neue UIDs entstehen, wenn ein Plan nichts anderes sagt.</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>How grave a finding of each rule is. Other severities need no new check.</source>
        <translation>Wie schwer eine Feststellung jeder Regel wiegt. Andere Schweregrade brauchen keine neue Prüfung.</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>It holds from the next reading on.</source>
        <translation>Gilt ab dem nächsten Einlesen.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>What is shown of patients, and what is recorded.</source>
        <translation>Was von Patienten gezeigt und was festgehalten wird.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>The colours of the window.</source>
        <translation>Die Farben des Fensters.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>It holds from the next start on.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light or dark, as the system is.</source>
        <translation>Hell oder dunkel, wie das System.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>English where the system speaks another language.</source>
        <translation>Englisch, wo das System eine andere Sprache spricht.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Mask patient names</source>
        <translation>Patientennamen verdecken</translation>
    </message>
    <message>
        <source>Keep an audit log</source>
        <translation>Ein Protokoll führen</translation>
    </message>
    <message>
        <source>Names, IDs, descriptions and names of files are shown, copied and put into reports as numbers. Exported files are not changed by it.</source>
        <translation>Namen, IDs, Beschreibungen und Dateinamen werden als Nummern gezeigt, kopiert und in Berichte geschrieben. Exportierte Dateien ändert das nicht.</translation>
    </message>
    <message>
        <source>It says who did what to which studies, when, and how it ended; no names. It stays on this computer, for you alone to read.</source>
        <translation>Es sagt, wer wann was mit welchen Studien getan hat und wie es ausging; keine Namen. Es bleibt auf diesem Rechner und ist nur für Sie zu lesen.</translation>
    </message>
</context>
<context>
    <name>ProfileMenu</name>
    <message>
        <source>Pr&amp;ofile</source>
        <translation>Pr&amp;ofil</translation>
    </message>
    <message>
        <source>&amp;Strict: every rule as it stands</source>
        <translation>&amp;Streng: jede Regel, wie sie ist</translation>
    </message>
    <message>
        <source>&amp;Archive: what an archive refuses or loses</source>
        <translation>&amp;Archiv: was ein Archiv ablehnt oder verliert</translation>
    </message>
    <message>
        <source>&amp;Migration: what must be whole, and there once</source>
        <translation>&amp;Migration: was ganz und nur einmal da sein muss</translation>
    </message>
</context>
<context>
    <name>ReadingPage</name>
    <message>
        <source>Processes for reading</source>
        <translation>Prozesse zum Einlesen</translation>
    </message>
    <message>
        <source>Follow links to other folders</source>
        <translation>Verknüpfungen zu anderen Ordnern folgen</translation>
    </message>
    <message>
        <source>Look for UIDs in text, private elements and documents</source>
        <translation>UIDs in Text, privaten Elementen und Dokumenten suchen</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Fewer are kinder to a slow share, or to others who work on this computer.</source>
        <translation>Weniger schonen ein langsames Netzlaufwerk und andere, die an diesem Rechner arbeiten.</translation>
    </message>
    <message>
        <source>Without it each link is listed as not loaded. Files are never read twice.</source>
        <translation>Sonst steht jede Verknüpfung unter „Nicht geladen“. Dateien werden nie zweimal gelesen.</translation>
    </message>
    <message>
        <source>Such places do not follow when UIDs change. Every file is read once more for it.</source>
        <translation>Solche Stellen folgen nicht, wenn sich UIDs ändern. Jede Datei wird dafür noch einmal gelesen.</translation>
    </message>
    <message>
        <source>One a processor</source>
        <translation>Einer je Prozessor</translation>
    </message>
</context>
<context>
    <name>ReasonWords</name>
    <message>
        <source>not a DICOM file</source>
        <translation>keine DICOM-Datei</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>nested too deeply</source>
        <translation>zu tief verschachtelt</translation>
    </message>
    <message>
        <source>too large or too many elements</source>
        <translation>zu groß oder zu viele Elemente</translation>
    </message>
    <message>
        <source>took too long to read</source>
        <translation>Lesen dauerte zu lange</translation>
    </message>
    <message>
        <source>no ordinary file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>another name of a loaded file</source>
        <translation>anderer Name einer geladenen Datei</translation>
    </message>
    <message>
        <source>changed while it was read</source>
        <translation>während des Lesens geändert</translation>
    </message>
    <message>
        <source>offline: its content is elsewhere</source>
        <translation>offline: der Inhalt liegt anderswo</translation>
    </message>
    <message>
        <source>not read: the reading was cancelled</source>
        <translation>nicht gelesen: das Einlesen wurde abgebrochen</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open recen&amp;t</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
</context>
<context>
    <name>RegenerateDialog</name>
    <message>
        <source>Regenerate</source>
        <translation>Neue UIDs</translation>
    </message>
    <message>
        <source>New identifiers for what is selected</source>
        <translation>Neue Kennungen für die Auswahl</translation>
    </message>
    <message>
        <source>Whose objects are to be moved?</source>
        <translation>Wessen Objekte sollen verschoben werden?</translation>
    </message>
    <message>
        <source>Which one keeps this UID?</source>
        <translation>Wer behält diese UID?</translation>
    </message>
    <message>
        <source>Write everything loaded, so that references follow</source>
        <translation>Alles Geladene schreiben, damit Verweise folgen</translation>
    </message>
    <message>
        <source>Give these new SOP Instance UIDs too</source>
        <translation>Auch diesen neue SOP Instance UIDs geben</translation>
    </message>
    <message>
        <source>How new UIDs are made</source>
        <translation>Wie neue UIDs entstehen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>I know: change these too</source>
        <translation>Ich weiß es: auch diese ändern</translation>
    </message>
    <message>
        <source>What is to become of the selection?</source>
        <translation>Was soll aus der Auswahl werden?</translation>
    </message>
    <message>
        <source>How is this to be mended?</source>
        <translation>Wie soll das behoben werden?</translation>
    </message>
    <message>
        <source>Series description</source>
        <translation>Serienbeschreibung</translation>
    </message>
    <message>
        <source>Description of the new series</source>
        <translation>Beschreibung der neuen Serie</translation>
    </message>
    <message>
        <source>as it is in each file</source>
        <translation>wie in jeder Datei</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Looking at the selection</source>
        <translation>Die Auswahl wird angesehen</translation>
    </message>
    <message>
        <source>Nothing loaded outside the selection refers to it.</source>
        <translation>Nichts Geladenes außerhalb der Auswahl verweist darauf.</translation>
    </message>
    <message>
        <source>Written too, with references to the new UIDs.</source>
        <translation>Mitgeschrieben, mit Verweisen auf die neuen UIDs.</translation>
    </message>
    <message>
        <source>Not written: there, references go on naming the old UIDs.</source>
        <translation>Nicht geschrieben: Dort nennen Verweise weiter die alten UIDs.</translation>
    </message>
    <message>
        <source>Plan the repair</source>
        <translation>Reparatur planen</translation>
    </message>
    <message>
        <source>Plan new UIDs</source>
        <translation>Neue UIDs planen</translation>
    </message>
    <message>
        <source>Tick what is to be repaired.</source>
        <translation>Kreuzen Sie an, was repariert werden soll.</translation>
    </message>
    <message>
        <source>Choose the study or series to move into.</source>
        <translation>Wählen Sie die Studie oder Serie, in die verschoben wird.</translation>
    </message>
</context>
<context>
    <name>RelationWords</name>
    <message>
        <source>References</source>
        <translation>Verweise</translation>
    </message>
    <message>
        <source>Referenced by</source>
        <translation>Verwiesen von</translation>
    </message>
    <message>
        <source>Element path</source>
        <translation>Elementpfad</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>UID</source>
        <translation>UID</translation>
    </message>
    <message>
        <source>the first %1 listed</source>
        <translation>die ersten %1 aufgeführt</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>Bezugssystem</translation>
    </message>
    <message>
        <source>other</source>
        <translation>sonstiges</translation>
    </message>
    <message>
        <source>not written</source>
        <translation>nicht geschrieben</translation>
    </message>
    <message>
        <source>present</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>wrong class</source>
        <translation>falsche Klasse</translation>
    </message>
    <message>
        <source>wrong parent</source>
        <translation>falsch eingeordnet</translation>
    </message>
    <message>
        <source>ambiguous</source>
        <translation>mehrdeutig</translation>
    </message>
    <message>
        <source>to itself</source>
        <translation>auf sich selbst</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
</context>
<context>
    <name>RelationsTab</name>
    <message>
        <source>Relations</source>
        <translation>Beziehungen</translation>
    </message>
    <message>
        <source>References of the selected object, and to it</source>
        <translation>Verweise des gewählten Objekts und auf dieses</translation>
    </message>
    <message>
        <source>Nothing refers to a patient by a UID. Select a study, a series or an image.</source>
        <translation>Nichts verweist mit einer UID auf einen Patienten. Wählen Sie eine Studie, eine Serie oder ein Bild.</translation>
    </message>
    <message>
        <source>It refers to nothing, and nothing that is loaded refers to it.</source>
        <translation>Es verweist auf nichts, und nichts Geladenes verweist darauf.</translation>
    </message>
</context>
<context>
    <name>RepairPart</name>
    <message>
        <source>1 finding</source>
        <translation>1 Feststellung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln findings</source>
        <translation>
            <numerusform>%Ln Feststellung</numerusform>
            <numerusform>%Ln Feststellungen</numerusform>
        </translation>
    </message>
    <message>
        <source>new UIDs</source>
        <translation>neue UIDs</translation>
    </message>
    <message>
        <source>no new UID</source>
        <translation>keine neue UID</translation>
    </message>
    <message>
        <source>%1 (%2): %3, %4</source>
        <translation>%1 (%2): %3, %4</translation>
    </message>
    <message>
        <source>This also replaces a Study Instance UID. Often the order or the information system has given it: tell them, or the study is no longer found.</source>
        <translation>Damit wird auch eine Study Instance UID ersetzt. Oft stammt sie aus dem Auftrag oder dem Informationssystem: Sagen Sie dort Bescheid, sonst wird die Studie nicht mehr gefunden.</translation>
    </message>
    <message numerus="yes">
        <source>This also replaces %Ln Study Instance UIDs. Often the order or the information system has given them: tell them, or the studies are no longer found.</source>
        <translation>
            <numerusform>Damit wird auch %Ln Study Instance UID ersetzt. Oft stammt sie aus dem Auftrag oder dem Informationssystem: Sagen Sie dort Bescheid, sonst wird die Studie nicht mehr gefunden.</numerusform>
            <numerusform>Damit werden auch %Ln Study Instance UIDs ersetzt. Oft stammen sie aus dem Auftrag oder dem Informationssystem: Sagen Sie dort Bescheid, sonst werden die Studien nicht mehr gefunden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RootsDialog</name>
    <message>
        <source>UID roots</source>
        <translation>UID-Wurzeln</translation>
    </message>
    <message>
        <source>UIDs of your organization</source>
        <translation>UIDs Ihrer Organisation</translation>
    </message>
    <message>
        <source>Root of your organization</source>
        <translation>Wurzel Ihrer Organisation</translation>
    </message>
    <message>
        <source>Root, such as 1.3.6.1.4.1.32473</source>
        <translation>Wurzel, etwa 1.3.6.1.4.1.32473</translation>
    </message>
    <message>
        <source>Keep this root</source>
        <translation>Diese Wurzel behalten</translation>
    </message>
    <message>
        <source>How to get a root</source>
        <translation>Wie man eine Wurzel bekommt</translation>
    </message>
    <message>
        <source>Copy UID</source>
        <translation>UID kopieren</translation>
    </message>
    <message>
        <source>Retire…</source>
        <translation>Stilllegen…</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>Alles exportieren…</translation>
    </message>
    <message>
        <source>Export installation…</source>
        <translation>Installation exportieren…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Products, versions and installations</source>
        <translation>Produkte, Versionen und Installationen</translation>
    </message>
    <message>
        <source>Root</source>
        <translation>Wurzel</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>The root is kept.</source>
        <translation>Die Wurzel ist gemerkt.</translation>
    </message>
    <message>
        <source>%1 is handed out, for good.</source>
        <translation>%1 ist vergeben, für immer.</translation>
    </message>
    <message>
        <source>Retire %1?</source>
        <translation>%1 stilllegen?</translation>
    </message>
    <message>
        <source>%1 is kept as retired, so that nobody gets it again. This cannot be undone.</source>
        <translation>%1 bleibt als stillgelegt stehen, damit niemand sie noch einmal bekommt. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>Stilllegen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
</context>
<context>
    <name>RuleSeveritiesModel</name>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search the rules</source>
        <translation>Regeln durchsuchen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>As the profile says</source>
        <translation>Wie im Profil</translation>
    </message>
    <message>
        <source>Gives every rule back the profile&apos;s severity</source>
        <translation>Gibt jeder Regel wieder den Schweregrad des Profils</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>The rule at hand</source>
        <translation>Die gewählte Regel</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>Streng</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Migration</source>
        <translation>Migration</translation>
    </message>
    <message>
        <source>No rule holds these words.</source>
        <translation>Diese Wörter kommen in keiner Regel vor.</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>As the profile says: %1</source>
        <translation>Wie im Profil: %1</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Its findings are not shown; the report says so.</source>
        <translation>Ihre Feststellungen werden nicht gezeigt; der Bericht sagt es.</translation>
    </message>
    <message>
        <source>Severity of this rule</source>
        <translation>Schweregrad dieser Regel</translation>
    </message>
</context>
<context>
    <name>ScanProgress</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the work under way</source>
        <translation>Die laufende Arbeit abbrechen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ScanSummary</name>
    <message>
        <source>Summary: %1</source>
        <translation>Übersicht: %1</translation>
    </message>
</context>
<context>
    <name>SchemeChoice</name>
    <message>
        <source>How new UIDs are made</source>
        <translation>Wie neue UIDs entstehen</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>This root can be used.</source>
        <translation>Diese Wurzel kann verwendet werden.</translation>
    </message>
    <message>
        <source>For it: %1</source>
        <translation>Dafür: %1</translation>
    </message>
    <message>
        <source>Against it: %1</source>
        <translation>Dagegen: %1</translation>
    </message>
    <message>
        <source>Length: %1</source>
        <translation>Länge: %1</translation>
    </message>
    <message numerus="yes">
        <source>Length: with a root of at most %Ln characters</source>
        <translation>
            <numerusform>Länge: mit einer Wurzel von höchstens %Ln Zeichen</numerusform>
            <numerusform>Länge: mit einer Wurzel von höchstens %Ln Zeichen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SchemeFields</name>
    <message>
        <source>Root of your organization</source>
        <translation>Wurzel Ihrer Organisation</translation>
    </message>
    <message>
        <source>Installation</source>
        <translation>Installation</translation>
    </message>
    <message>
        <source>A key is never kept: after a restart it is chosen anew.</source>
        <translation>Ein Schlüssel wird nie aufbewahrt: Nach einem Neustart wird er neu gewählt.</translation>
    </message>
    <message>
        <source>No installation is registered; Tools &gt; UID roots hands out their numbers.</source>
        <translation>Es ist keine Installation eingetragen; Extras &gt; UID-Wurzeln vergibt ihre Nummern.</translation>
    </message>
    <message>
        <source>Root, if there is to be one</source>
        <translation>Wurzel, wenn es eine geben soll</translation>
    </message>
    <message>
        <source>Root, such as 1.3.6.1.4.1.32473</source>
        <translation>Wurzel, etwa 1.3.6.1.4.1.32473</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Number of the %1</source>
        <translation>Nummer: %1</translation>
    </message>
    <message>
        <source>counts by itself</source>
        <translation>zählt selbst</translation>
    </message>
    <message>
        <source>As before: %1</source>
        <translation>Wie zuvor: %1</translation>
    </message>
</context>
<context>
    <name>SideBySideDialog</name>
    <message>
        <source>Compare file copies</source>
        <translation>Dateikopien vergleichen</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Which attributes are shown</source>
        <translation>Welche Attribute gezeigt werden</translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation>Voriger Unterschied</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>Nächster Unterschied</translation>
    </message>
    <message>
        <source>Swap sides</source>
        <translation>Seiten tauschen</translation>
    </message>
    <message>
        <source>Save comparison…</source>
        <translation>Vergleich speichern…</translation>
    </message>
    <message>
        <source>Leave both as they are</source>
        <translation>Beide lassen, wie sie sind</translation>
    </message>
    <message>
        <source>New UID for A</source>
        <translation>Neue UID für A</translation>
    </message>
    <message>
        <source>New UID for B</source>
        <translation>Neue UID für B</translation>
    </message>
    <message>
        <source>Attributes of both files</source>
        <translation>Attribute beider Dateien</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Wird verglichen</translation>
    </message>
    <message>
        <source>The comparison is saved: %1</source>
        <translation>Der Vergleich ist gespeichert: %1</translation>
    </message>
    <message>
        <source>These files cannot be compared</source>
        <translation>Diese Dateien lassen sich nicht vergleichen</translation>
    </message>
    <message>
        <source>Two files with one SOP Instance UID</source>
        <translation>Zwei Dateien mit einer SOP Instance UID</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files refer to it</source>
        <translation>
            <numerusform>%Ln Datei verweist darauf</numerusform>
            <numerusform>%Ln Dateien verweisen darauf</numerusform>
        </translation>
    </message>
    <message>
        <source>1 file refers to it</source>
        <translation>1 Datei verweist darauf</translation>
    </message>
    <message>
        <source>What refers to this UID cannot tell A from B: you will be asked which one it means.</source>
        <translation>Was auf diese UID verweist, kann A und B nicht unterscheiden: Sie werden gefragt, was gemeint ist.</translation>
    </message>
    <message>
        <source>Difference %1 of %2</source>
        <translation>Unterschied %1 von %2</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The same file twice, byte for byte</source>
        <translation>Zweimal dieselbe Datei, Byte für Byte</translation>
    </message>
    <message>
        <source>It was sent or copied again. An export writes it once.</source>
        <translation>Sie wurde noch einmal gesendet oder kopiert. Ein Export schreibt sie einmal.</translation>
    </message>
    <message>
        <source>The same object, written in two ways</source>
        <translation>Dasselbe Objekt, auf zwei Arten geschrieben</translation>
    </message>
    <message>
        <source>Only the encoding and the file meta differ.</source>
        <translation>Nur Kodierung und File Meta sind verschieden.</translation>
    </message>
    <message>
        <source>An archive keeps one and silently drops the other. The %1 were compared.</source>
        <translation>Ein Archiv behält eines und verwirft das andere stillschweigend. Verglichen: %1.</translation>
    </message>
    <message>
        <source>Pixels differ: two different images bear one SOP Instance UID</source>
        <translation>Pixel verschieden: Zwei verschiedene Bilder tragen eine SOP Instance UID</translation>
    </message>
    <message>
        <source>Each has a SOP Instance UID of its own. The %1 were compared.</source>
        <translation>Jedes hat seine eigene SOP Instance UID. Verglichen: %1.</translation>
    </message>
    <message>
        <source>Two different images</source>
        <translation>Zwei verschiedene Bilder</translation>
    </message>
    <message>
        <source>The pixel data were not compared</source>
        <translation>Die Pixeldaten wurden nicht verglichen</translation>
    </message>
    <message>
        <source>They are compressed in different ways, and one of them cannot be decoded here.</source>
        <translation>Sie sind auf verschiedene Weise komprimiert, und eine davon lässt sich hier nicht dekodieren.</translation>
    </message>
    <message>
        <source>The content differs</source>
        <translation>Der Inhalt ist verschieden</translation>
    </message>
    <message>
        <source>Neither file has pixel data.</source>
        <translation>Keine der Dateien hat Pixeldaten.</translation>
    </message>
    <message>
        <source>Same pixels, another header</source>
        <translation>Gleiche Pixel, anderer Header</translation>
    </message>
    <message>
        <source>The %1 are equal; attributes differ.</source>
        <translation>Gleich: %1; Attribute sind verschieden.</translation>
    </message>
    <message>
        <source>Both bear one SOP Instance UID: an archive keeps one of them.</source>
        <translation>Beide tragen eine SOP Instance UID: Ein Archiv behält eines von ihnen.</translation>
    </message>
    <message>
        <source>decoded pixel values</source>
        <translation>dekodierte Pixelwerte</translation>
    </message>
    <message>
        <source>stored bytes of the pixel data</source>
        <translation>gespeicherte Bytes der Pixeldaten</translation>
    </message>
</context>
<context>
    <name>SideBySideModel</name>
    <message>
        <source>Attribute</source>
        <translation>Attribut</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>Was es bedeutet</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>the same, written otherwise</source>
        <translation>gleich, anders geschrieben</translation>
    </message>
    <message>
        <source>says only how it is written</source>
        <translation>sagt nur, wie es geschrieben ist</translation>
    </message>
    <message>
        <source>another image</source>
        <translation>ein anderes Bild</translation>
    </message>
    <message>
        <source>not compared: compressed in different ways</source>
        <translation>nicht verglichen: verschieden komprimiert</translation>
    </message>
    <message>
        <source>B lacks it</source>
        <translation>fehlt in B</translation>
    </message>
    <message>
        <source>A lacks it</source>
        <translation>fehlt in A</translation>
    </message>
    <message>
        <source>another patient, or other words for one</source>
        <translation>anderer Patient oder andere Angaben zu einem</translation>
    </message>
    <message>
        <source>says something else of the study</source>
        <translation>sagt anderes über die Studie</translation>
    </message>
    <message>
        <source>says something else of the series</source>
        <translation>sagt anderes über die Serie</translation>
    </message>
    <message>
        <source>another device wrote it</source>
        <translation>ein anderes Gerät hat es geschrieben</translation>
    </message>
    <message>
        <source>another order</source>
        <translation>ein anderer Auftrag</translation>
    </message>
    <message>
        <source>another past</source>
        <translation>eine andere Vorgeschichte</translation>
    </message>
    <message>
        <source>says something else</source>
        <translation>sagt etwas anderes</translation>
    </message>
    <message>
        <source>Pixel data</source>
        <translation>Pixeldaten</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anforderung</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Vorgeschichte</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
</context>
<context>
    <name>TargetFrame</name>
    <message>
        <source>What is spoken of</source>
        <translation>Worum es geht</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>What was read</source>
        <translation>Was eingelesen wurde</translation>
    </message>
    <message>
        <source>Every file is a row below its patient, study and series. A badge tells by shape, word and colour what is wrong there, and counts what is wrong below.</source>
        <translation>Jede Datei ist eine Zeile unter Patient, Studie und Serie. Ein Zeichen sagt mit Form, Wort und Farbe, was dort nicht stimmt, und zählt, was darunter nicht stimmt.</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
    </message>
    <message>
        <source>All findings, by rule, the gravest first. F8 goes to the next one, Enter shows it in the tree. Each says what follows from it and what to do.</source>
        <translation>Alle Feststellungen, nach Regel, die schwersten zuerst. F8 geht zur nächsten, Eingabe zeigt sie im Baum. Jede sagt, was daraus folgt und was zu tun ist.</translation>
    </message>
    <message>
        <source>A UID taken apart</source>
        <translation>Eine UID zerlegt</translation>
    </message>
    <message>
        <source>The identity of what is selected: who the number belongs to, how it was made, and which part of it breaks a rule. The other tabs show references, attributes and files.</source>
        <translation>Die Identität der Auswahl: wem die Nummer gehört, wie sie entstand und welcher Teil eine Regel verletzt. Die anderen Reiter zeigen Verweise, Attribute und Dateien.</translation>
    </message>
    <message>
        <source>New identifiers</source>
        <translation>Neue Kennungen</translation>
    </message>
    <message>
        <source>Regenerate gives what is selected new UIDs. You say what you mean, such as a derived series or a copy, and see what would change.</source>
        <translation>„Neue UIDs“ gibt der Auswahl neue UIDs. Sie sagen, was Sie meinen, etwa eine abgeleitete Serie oder eine Kopie, und sehen, was sich ändern würde.</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Der Plan</translation>
    </message>
    <message>
        <source>Old and new UIDs, with every reference that follows. Nothing has happened yet: undo and redo as you like.</source>
        <translation>Alte und neue UIDs, mit jedem Verweis, der folgt. Noch ist nichts geschehen: Machen Sie beliebig rückgängig und wiederholen Sie.</translation>
    </message>
    <message>
        <source>A verified copy</source>
        <translation>Eine geprüfte Kopie</translation>
    </message>
    <message>
        <source>Export writes the result into a new folder, reads it back and compares it with the plan. The originals are never changed.</source>
        <translation>Der Export schreibt das Ergebnis in einen neuen Ordner, liest es zurück und vergleicht es mit dem Plan. Die Originale werden nie geändert.</translation>
    </message>
</context>
<context>
    <name>TreeFilterBar</name>
    <message>
        <source>Filter the tree</source>
        <translation>Den Baum filtern</translation>
    </message>
    <message>
        <source>Filter: name, ID, UID, description</source>
        <translation>Filter: Name, ID, UID, Beschreibung</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>What the tree shows</source>
        <translation>Was der Baum zeigt</translation>
    </message>
</context>
<context>
    <name>TreePanel</name>
    <message>
        <source>Patients, studies, series and instances</source>
        <translation>Patienten, Studien, Serien und Instanzen</translation>
    </message>
</context>
<context>
    <name>UidActions</name>
    <message>
        <source>Add fix to plan</source>
        <translation>Behebung in den Plan</translation>
    </message>
    <message>
        <source>Why this verdict?</source>
        <translation>Warum dieses Urteil?</translation>
    </message>
    <message>
        <source>Find all uses</source>
        <translation>Alle Verwendungen suchen</translation>
    </message>
    <message>
        <source>Find all uses (%1)</source>
        <translation>Alle Verwendungen (%1)</translation>
    </message>
</context>
<context>
    <name>UidSection</name>
    <message>
        <source>Copy the UID</source>
        <translation>Die UID kopieren</translation>
    </message>
    <message>
        <source>Find all uses</source>
        <translation>Alle Verwendungen suchen</translation>
    </message>
    <message>
        <source>There is none: the element is empty or absent.</source>
        <translation>Es gibt keine: Das Element ist leer oder fehlt.</translation>
    </message>
    <message>
        <source>Copy the %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>Find all uses of the %1</source>
        <translation>Alle Verwendungen suchen: %1</translation>
    </message>
    <message>
        <source>registered</source>
        <translation>registriert</translation>
    </message>
    <message>
        <source>well formed</source>
        <translation>wohlgeformt</translation>
    </message>
    <message>
        <source>1 more: see Findings.</source>
        <translation>1 weitere: siehe Feststellungen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more: see Findings.</source>
        <translation>
            <numerusform>%Ln weitere: siehe Feststellungen.</numerusform>
            <numerusform>%Ln weitere: siehe Feststellungen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnresolvedDialog</name>
    <message>
        <source>Unresolved references</source>
        <translation>Verweise ohne Ziel</translation>
    </message>
    <message>
        <source>References that lead outside the export</source>
        <translation>Verweise, die aus dem Export hinausführen</translation>
    </message>
    <message>
        <source>Copy UIDs</source>
        <translation>UIDs kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The first %1 are listed.</source>
        <translation>Die ersten %1 sind aufgeführt.</translation>
    </message>
</context>
<context>
    <name>UnresolvedModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Element path</source>
        <translation>Elementpfad</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>UID</source>
        <translation>UID</translation>
    </message>
</context>
<context>
    <name>UsesDialog</name>
    <message>
        <source>Uses of a UID</source>
        <translation>Verwendungen einer UID</translation>
    </message>
    <message>
        <source>All uses of a UID</source>
        <translation>Alle Verwendungen einer UID</translation>
    </message>
    <message>
        <source>Elements that hold the UID</source>
        <translation>Elemente, die die UID enthalten</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>Go to file</source>
        <translation>Zur Datei</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>All uses of</source>
        <translation>Alle Verwendungen von</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>No loaded file holds it.</source>
        <translation>Keine geladene Datei enthält sie.</translation>
    </message>
    <message>
        <source>Nothing is loaded.</source>
        <translation>Nichts ist geladen.</translation>
    </message>
    <message>
        <source>Looking for it</source>
        <translation>Sie wird gesucht</translation>
    </message>
    <message>
        <source>1 element</source>
        <translation>1 Element</translation>
    </message>
    <message numerus="yes">
        <source>%Ln elements</source>
        <translation>
            <numerusform>%Ln Element</numerusform>
            <numerusform>%Ln Elemente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsesModel</name>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>What it does there</source>
        <translation>Was sie dort tut</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
</context>
<context>
    <name>UsesWords</name>
    <message>
        <source>Identifies</source>
        <translation>Kennzeichnet</translation>
    </message>
    <message>
        <source>File meta</source>
        <translation>File Meta</translation>
    </message>
    <message>
        <source>References</source>
        <translation>Verweise</translation>
    </message>
    <message>
        <source>Records of a DICOMDIR</source>
        <translation>Einträge eines DICOMDIR</translation>
    </message>
    <message>
        <source>Classes and types</source>
        <translation>Klassen und Typen</translation>
    </message>
    <message>
        <source>Private and unknown elements</source>
        <translation>Private und unbekannte Elemente</translation>
    </message>
    <message>
        <source>Other elements</source>
        <translation>Andere Elemente</translation>
    </message>
    <message>
        <source>identifies the %1</source>
        <translation>kennzeichnet: %1</translation>
    </message>
    <message>
        <source>file meta: the %1</source>
        <translation>File Meta: %1</translation>
    </message>
    <message>
        <source>refers to the %1</source>
        <translation>verweist auf: %1</translation>
    </message>
    <message>
        <source>record of the %1</source>
        <translation>Eintrag: %1</translation>
    </message>
    <message>
        <source>identifies</source>
        <translation>kennzeichnet</translation>
    </message>
    <message>
        <source>file meta</source>
        <translation>File Meta</translation>
    </message>
    <message>
        <source>refers to it</source>
        <translation>verweist darauf</translation>
    </message>
    <message>
        <source>record of a DICOMDIR</source>
        <translation>Eintrag eines DICOMDIR</translation>
    </message>
    <message>
        <source>class or type</source>
        <translation>Klasse oder Typ</translation>
    </message>
    <message>
        <source>private or unknown</source>
        <translation>privat oder unbekannt</translation>
    </message>
    <message>
        <source>depends on other elements</source>
        <translation>hängt von anderen Elementen ab</translation>
    </message>
</context>
<context>
    <name>WaysToARoot</name>
    <message>
        <source>How to get a root</source>
        <translation>Wie man eine Wurzel bekommt</translation>
    </message>
</context>
<context>
    <name>WhatPage</name>
    <message>
        <source>This is what is written</source>
        <translation>Das wird geschrieben</translation>
    </message>
    <message>
        <source>New UIDs are not de-identification</source>
        <translation>Neue UIDs sind keine De-Identifizierung</translation>
    </message>
    <message>
        <source>Names, dates and text within the image remain. Links that are held elsewhere, in reports or other archives, still name the old UIDs; digital signatures do not survive.</source>
        <translation>Namen, Daten und Text im Bild bleiben. Verbindungen, die anderswo gehalten werden, in Berichten oder anderen Archiven, nennen weiter die alten UIDs; digitale Signaturen überleben nicht.</translation>
    </message>
    <message>
        <source>And %1 more.</source>
        <translation>Und %1 weitere.</translation>
    </message>
    <message>
        <source>%1 with a new SOP Instance UID</source>
        <translation>%1 mit neuer SOP Instance UID</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>New UIDs</source>
        <translation>Neue UIDs</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
</context>
<context>
    <name>WherePage</name>
    <message>
        <source>The new folder</source>
        <translation>Der neue Ordner</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <source>As one ZIP file</source>
        <translation>Als eine ZIP-Datei</translation>
    </message>
    <message>
        <source>Name a folder.</source>
        <translation>Nennen Sie einen Ordner.</translation>
    </message>
    <message>
        <source>Where it goes</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>A folder that does not exist yet</source>
        <translation>Ein Ordner, den es noch nicht gibt</translation>
    </message>
    <message>
        <source>As in the source; of several sources, each in a folder of its name.</source>
        <translation>Wie in der Quelle; bei mehreren Quellen jede in einem Ordner ihres Namens.</translation>
    </message>
    <message>
        <source>Folders and files are numbered: no name or ID of anybody stands in a path.</source>
        <translation>Ordner und Dateien sind nummeriert: Kein Name und keine ID steht in einem Pfad.</translation>
    </message>
    <message>
        <source>For a disc or a stick: names of eight characters, and a DICOMDIR that lists every file. A file without Study or Series UID, or of a class that no DICOMDIR lists, is refused.</source>
        <translation>Für eine Disc oder einen Stick: Namen von acht Zeichen und ein DICOMDIR, der jede Datei aufführt. Eine Datei ohne Study oder Series UID oder von einer Klasse, die kein DICOMDIR aufführt, wird abgelehnt.</translation>
    </message>
    <message>
        <source>An export to this place was interrupted</source>
        <translation>Ein Export an diesen Ort wurde unterbrochen</translation>
    </message>
    <message>
        <source>Go on, with the same UIDs, where it stopped; or clear what it left.</source>
        <translation>Dort mit denselben UIDs fortfahren, wo er anhielt; oder entfernen, was er hinterließ.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortfahren</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>File-set ID</source>
        <translation>File-set ID</translation>
    </message>
    <message>
        <source>at most 16 capitals, digits, _ and spaces</source>
        <translation>höchstens 16 Großbuchstaben, Ziffern, _ und Leerzeichen</translation>
    </message>
    <message>
        <source>Rejection note</source>
        <translation>Rejection Note</translation>
    </message>
    <message>
        <source>No rejection note</source>
        <translation>Keine Rejection Note</translation>
    </message>
    <message>
        <source>Choose place…</source>
        <translation>Ort wählen…</translation>
    </message>
    <message>
        <source>The old objects</source>
        <translation>Die alten Objekte</translation>
    </message>
    <message>
        <source>The new objects take their place. An archive that has them must reject them: the list of old UIDs is always written, and a note for each study where you choose its reason.</source>
        <translation>Die neuen Objekte treten an ihre Stelle. Ein Archiv, das sie hat, muss sie zurückweisen: Die Liste der alten UIDs wird immer geschrieben, dazu je Studie eine Rejection Note, wenn Sie deren Grund wählen.</translation>
    </message>
    <message>
        <source>Beside it: a list of old and new UIDs, a manifest, the old UIDs.</source>
        <translation>Daneben: eine Liste alter und neuer UIDs, ein Verzeichnis (Manifest), die alten UIDs.</translation>
    </message>
    <message>
        <source>%1 will be made.</source>
        <translation>%1 wird angelegt.</translation>
    </message>
    <message>
        <source>It will be made.</source>
        <translation>Er wird angelegt.</translation>
    </message>
</context>
<context>
    <name>WindowDialogs</name>
    <message>
        <source>Nothing in a plan mends this.</source>
        <translation>Nichts in einem Plan behebt das.</translation>
    </message>
    <message>
        <source>Select one object with two file copies, or two objects.</source>
        <translation>Wählen Sie ein Objekt mit zwei Dateikopien oder zwei Objekte.</translation>
    </message>
</context>
<context>
    <name>WorkPace</name>
    <message>
        <source>Reading %1 of %2</source>
        <translation>Einlesen %1 von %2</translation>
    </message>
    <message>
        <source>Checking %1 of %2</source>
        <translation>Prüfen %1 von %2</translation>
    </message>
    <message>
        <source>Searching %1 of %2</source>
        <translation>Suchen %1 von %2</translation>
    </message>
    <message>
        <source>Comparing %1 of %2</source>
        <translation>Vergleichen %1 von %2</translation>
    </message>
    <message>
        <source>Writing %1 of %2</source>
        <translation>Schreiben %1 von %2</translation>
    </message>
    <message>
        <source>Verifying %1 of %2</source>
        <translation>Gegenprüfen %1 von %2</translation>
    </message>
    <message>
        <source>Listing %1 of %2</source>
        <translation>Auflisten %1 von %2</translation>
    </message>
    <message>
        <source>Packing %1 of %2</source>
        <translation>Packen %1 von %2</translation>
    </message>
    <message>
        <source>Working %1 of %2</source>
        <translation>Arbeiten %1 von %2</translation>
    </message>
    <message>
        <source>Finding files</source>
        <translation>Dateien suchen</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>Einlesen %1</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>Prüfen %1</translation>
    </message>
    <message>
        <source>Searching %1</source>
        <translation>Suchen %1</translation>
    </message>
    <message>
        <source>Comparing %1</source>
        <translation>Vergleichen %1</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreiben %1</translation>
    </message>
    <message>
        <source>Verifying %1</source>
        <translation>Gegenprüfen %1</translation>
    </message>
    <message>
        <source>Listing %1</source>
        <translation>Auflisten %1</translation>
    </message>
    <message>
        <source>Packing %1</source>
        <translation>Packen %1</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
    <message>
        <source>%1 files/s</source>
        <translation>%1 Dateien/s</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
</context>
<context>
    <name>WorkStatus</name>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
    <message>
        <source>Nothing loaded</source>
        <translation>Nichts geladen</translation>
    </message>
    <message>
        <source>1 patient</source>
        <translation>1 Patient</translation>
    </message>
    <message numerus="yes">
        <source>%Ln patients</source>
        <translation>
            <numerusform>%Ln Patient</numerusform>
            <numerusform>%Ln Patienten</numerusform>
        </translation>
    </message>
    <message>
        <source>1 instance</source>
        <translation>1 Instanz</translation>
    </message>
    <message numerus="yes">
        <source>%Ln instances</source>
        <translation>
            <numerusform>%Ln Instanz</numerusform>
            <numerusform>%Ln Instanzen</numerusform>
        </translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>no errors</source>
        <translation>keine Fehler</translation>
    </message>
    <message>
        <source>plan: empty</source>
        <translation>Plan: leer</translation>
    </message>
    <message>
        <source>plan: 1 UID</source>
        <translation>Plan: 1 UID</translation>
    </message>
    <message>
        <source>plan: %1 UIDs</source>
        <translation>Plan: %1 UIDs</translation>
    </message>
</context>
<context>
    <name>_DropArea</name>
    <message>
        <source>Let go to start reading. Esc leaves everything as it is.</source>
        <translation>Loslassen beginnt das Einlesen. Esc lässt alles, wie es ist.</translation>
    </message>
    <message>
        <source>Drop folders or DICOM files here</source>
        <translation>Ordner oder DICOM-Dateien hier ablegen</translation>
    </message>
    <message>
        <source>Folders and ZIP archives are read with everything in them.</source>
        <translation>Ordner und ZIP-Archive werden mit allem darin eingelesen.</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Open sample data</source>
        <translation>Beispieldaten öffnen</translation>
    </message>
    <message>
        <source>Originals are never changed</source>
        <translation>Originale werden nie geändert</translation>
    </message>
</context>
<context>
    <name>_FilterEdit</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
</context>
</TS>
