<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>About</name>
    <message>
        <source>About Showtell</source>
        <translation>Über Showtell</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>Bestandteile und ihre Lizenzen</translation>
    </message>
    <message>
        <source>What Showtell is made of; each part has its makers&apos; licence</source>
        <translation>Woraus Showtell besteht; jeder Teil hat die Lizenz seiner Urheber</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Angaben kopieren</translation>
    </message>
    <message>
        <source>Copy versions and system for a report of a bug; nothing of your projects</source>
        <translation>Versionen und System für einen Fehlerbericht kopieren; nichts aus deinen Projekten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this window (Esc)</source>
        <translation>Dieses Fenster schließen (Esc)</translation>
    </message>
    <message>
        <source>Showtell {version}</source>
        <translation>Showtell {version}</translation>
    </message>
    <message>
        <source>Everything you show it stays on this computer: there is no account, no server, and nothing is sent. Your samples lie in project files that are yours to copy, move and delete.</source>
        <translation>Alles, was du zeigst, bleibt auf diesem Computer: Es gibt kein Konto, keinen Server, und nichts wird verschickt. Deine Bilder liegen in Projektdateien, die du kopieren, verschieben und löschen kannst.</translation>
    </message>
    <message>
        <source>Free software under the Apache licence 2.0. It is made of these parts:</source>
        <translation>Freie Software unter der Apache-Lizenz 2.0. Sie besteht aus diesen Teilen:</translation>
    </message>
    <message>
        <source>see its files</source>
        <translation>siehe seine Dateien</translation>
    </message>
    <message>
        <source>Copied. Nothing of your projects is in it.</source>
        <translation>Kopiert. Nichts aus deinen Projekten ist dabei.</translation>
    </message>
</context>
<context>
    <name>AccuracyChart</name>
    <message>
        <source>How often it is right</source>
        <translation>Wie oft es richtig liegt</translation>
    </message>
    <message>
        <source>Every dot is one time it learned: click one, or step with ← and →</source>
        <translation>Jeder Punkt ist einmal Lernen: klick einen an oder geh mit ← und → von einem zum anderen</translation>
    </message>
    <message>
        <source>Nothing was measured yet.
Every time it learns, a dot is added here.</source>
        <translation>Noch ist nichts gemessen.
Jedes Mal, wenn es lernt, kommt hier ein Punkt dazu.</translation>
    </message>
    <message>
        <source>on recordings kept aside</source>
        <translation>bei zurückgelegten Aufnahmen</translation>
    </message>
    <message>
        <source>new recordings, recognised before it learned them</source>
        <translation>neue Aufnahmen, vor dem Lernen erkannt</translation>
    </message>
    <message>
        <source>did not help, so it was not kept</source>
        <translation>half nicht und wurde nicht behalten</translation>
    </message>
    <message>
        <source>At first it was right {first} times in 100, now {now}.</source>
        <translation>Zuerst lag es {first} von 100 Mal richtig, jetzt {now}.</translation>
    </message>
</context>
<context>
    <name>ActionCard</name>
    <message>
        <source>Switch this action on or off</source>
        <translation>Diese Aktion ein- oder ausschalten</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Probieren</translation>
    </message>
    <message>
        <source>Change this action</source>
        <translation>Diese Aktion ändern</translation>
    </message>
    <message>
        <source>Remove this action; undo brings it back</source>
        <translation>Diese Aktion entfernen; Rückgängig bringt sie zurück</translation>
    </message>
    <message>
        <source>On: {action}</source>
        <translation>Ein: {action}</translation>
    </message>
    <message>
        <source>Do it once now, as if it had been seen</source>
        <translation>Jetzt einmal ausführen, als wäre es gesehen worden</translation>
    </message>
    <message>
        <source>Try it: {action}</source>
        <translation>Probieren: {action}</translation>
    </message>
    <message>
        <source>Change: {action}</source>
        <translation>Ändern: {action}</translation>
    </message>
    <message>
        <source>Remove: {action}</source>
        <translation>Entfernen: {action}</translation>
    </message>
</context>
<context>
    <name>ActionEditor</name>
    <message>
        <source>Something unknown</source>
        <translation>Etwas Unbekanntes</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>What is seen</source>
        <translation>Was zu sehen ist</translation>
    </message>
    <message>
        <source>What the action waits for</source>
        <translation>Worauf die Aktion wartet</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>For how long it has to be seen without a break</source>
        <translation>Wie lange es ohne Unterbrechung zu sehen sein muss</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Wie sicher</translation>
    </message>
    <message>
        <source>How sure the answer has to be at least</source>
        <translation>Wie sicher die Antwort mindestens sein muss</translation>
    </message>
    <message>
        <source>Gone for</source>
        <translation>Weg seit</translation>
    </message>
    <message>
        <source>It happens once each time it appears, and again only after it was gone for so long</source>
        <translation>Es geschieht einmal bei jedem Auftauchen und erst wieder, wenn es so lange weg war</translation>
    </message>
    <message>
        <source>Keep the action with the project (Enter)</source>
        <translation>Die Aktion im Projekt sichern (Enter)</translation>
    </message>
    <message>
        <source>Leave everything as it was (Esc)</source>
        <translation>Alles lassen, wie es war (Esc)</translation>
    </message>
    <message>
        <source>When I see</source>
        <translation>Wenn ich sehe</translation>
    </message>
    <message>
        <source>for at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>and am sure by</source>
        <translation>und sicher bin zu</translation>
    </message>
    <message>
        <source>again after it was gone for</source>
        <translation>wieder, wenn es weg war für</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Dann</translation>
    </message>
    <message>
        <source>What is to happen: {kind}</source>
        <translation>Was geschehen soll: {kind}</translation>
    </message>
</context>
<context>
    <name>ActionRights</name>
    <message>
        <source>What it waits for is no longer in the project.</source>
        <translation>Worauf sie wartet, ist nicht mehr im Projekt.</translation>
    </message>
    <message>
        <source>Commands are not allowed on this computer: allow them below.</source>
        <translation>Befehle sind auf diesem Computer nicht erlaubt: erlaube sie unten.</translation>
    </message>
    <message>
        <source>It is not complete: edit it.</source>
        <translation>Sie ist nicht vollständig: bearbeite sie.</translation>
    </message>
    <message>
        <source>This command was not entered on this computer. Edit and save it if you want it.</source>
        <translation>Dieser Befehl wurde nicht auf diesem Computer eingegeben. Bearbeite und sichere ihn, wenn du ihn willst.</translation>
    </message>
    <message>
        <source>This file was not chosen on this computer. Edit it and choose one.</source>
        <translation>Diese Datei wurde nicht auf diesem Computer gewählt. Bearbeite die Aktion und wähle eine.</translation>
    </message>
</context>
<context>
    <name>ActionRunner</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>change action</source>
        <translation>Aktion ändern</translation>
    </message>
    <message>
        <source>new action</source>
        <translation>neue Aktion</translation>
    </message>
    <message>
        <source>switch action on</source>
        <translation>Aktion einschalten</translation>
    </message>
    <message>
        <source>switch action off</source>
        <translation>Aktion ausschalten</translation>
    </message>
    <message>
        <source>remove action</source>
        <translation>Aktion entfernen</translation>
    </message>
    <message>
        <source>It is still running from before; this time was left out.</source>
        <translation>Sie läuft noch vom letzten Mal; dieses Mal wurde ausgelassen.</translation>
    </message>
    <message>
        <source>It is running…</source>
        <translation>Läuft …</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Fertig.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Something unknown for {seconds:g} s</source>
        <translation>Etwas Unbekanntes, {seconds:g} s lang</translation>
    </message>
    <message>
        <source>{name} for {seconds:g} s</source>
        <translation>{name}, {seconds:g} s lang</translation>
    </message>
    <message>
        <source>play {sound}</source>
        <translation>{sound} abspielen</translation>
    </message>
    <message>
        <source>fill the screen: {words}</source>
        <translation>Bildschirm füllen: {words}</translation>
    </message>
    <message>
        <source>fill the screen with a colour</source>
        <translation>Bildschirm mit einer Farbe füllen</translation>
    </message>
    <message>
        <source>run a command</source>
        <translation>einen Befehl ausführen</translation>
    </message>
    <message>
        <source>add a line to {file}</source>
        <translation>eine Zeile an {file} anhängen</translation>
    </message>
    <message>
        <source>Chime</source>
        <translation>Glocke</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>Knock</source>
        <translation>Klopfen</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>It has not happened since the project was opened.</source>
        <translation>Ist noch nicht geschehen, seit das Projekt offen ist.</translation>
    </message>
    <message>
        <source>It happened once, {ago}.</source>
        <translation>Einmal geschehen, {ago}.</translation>
    </message>
    <message>
        <source>It happened {count} times, last {ago}.</source>
        <translation>{count} Mal geschehen, zuletzt {ago}.</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>{count} s ago</source>
        <translation>vor {count} s</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>vor {count} min</translation>
    </message>
    <message>
        <source>1 hour ago</source>
        <translation>vor 1 Stunde</translation>
    </message>
    <message>
        <source>{count} hours ago</source>
        <translation>vor {count} Stunden</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>{count} days ago</source>
        <translation>vor {count} Tagen</translation>
    </message>
</context>
<context>
    <name>ActionsButton</name>
    <message>
        <source>1 action is on</source>
        <translation>1 Aktion ist eingeschaltet</translation>
    </message>
    <message>
        <source>{count} actions are on</source>
        <translation>{count} Aktionen sind eingeschaltet</translation>
    </message>
    <message>
        <source>{words}: look at them in Use</source>
        <translation>{words}: unter Nutzen ansehen</translation>
    </message>
</context>
<context>
    <name>ActionsCard</name>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>When something has been seen for a while, something happens, whichever room is open. A gesture can press a switch for you.</source>
        <translation>Wenn etwas eine Weile zu sehen ist, geschieht etwas, welcher Raum auch offen ist. Eine Geste kann für dich einen Schalter drücken.</translation>
    </message>
    <message>
        <source>New action</source>
        <translation>Neue Aktion</translation>
    </message>
    <message>
        <source>Say what is to happen when something is seen</source>
        <translation>Sagen, was geschehen soll, wenn etwas zu sehen ist</translation>
    </message>
    <message>
        <source>For instance: when a thumb has been up for 2 s, fill the screen with the words “Come in”.</source>
        <translation>Zum Beispiel: Wenn ein Daumen 2 s lang oben ist, den Bildschirm mit den Worten „Komm herein“ füllen.</translation>
    </message>
    <message>
        <source>Allow actions to run commands on this computer</source>
        <translation>Aktionen dürfen auf diesem Computer Befehle ausführen</translation>
    </message>
    <message>
        <source>While it is off, no command of any action runs</source>
        <translation>Solange das aus ist, läuft kein Befehl einer Aktion</translation>
    </message>
    <message>
        <source>Change action</source>
        <translation>Aktion ändern</translation>
    </message>
    <message>
        <source>One action in this file is not understood here. It is left as it is.</source>
        <translation>Eine Aktion in dieser Datei wird hier nicht verstanden. Sie bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>{count} actions in this file are not understood here. They are left as they are.</source>
        <translation>{count} Aktionen in dieser Datei werden hier nicht verstanden. Sie bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>This is kept on this computer, not in the project: nobody else&apos;s file can switch it on.</source>
        <translation>Das wird auf diesem Computer gemerkt, nicht im Projekt: Keine fremde Datei kann es einschalten.</translation>
    </message>
</context>
<context>
    <name>AnswerBars</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>What the model says about the bright square, most likely first.
Unknown: it looks like nothing that was taught.</source>
        <translation>Was das Modell zum hellen Quadrat sagt, das Wahrscheinlichste zuerst.
Unbekannt: Es sieht aus wie nichts, was es gelernt hat.</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>nearest: {name}</source>
        <translation>am nächsten: {name}</translation>
    </message>
    <message>
        <source>Unknown, nearest: {name}</source>
        <translation>Unbekannt, am nächsten: {name}</translation>
    </message>
</context>
<context>
    <name>AnswerLine</name>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>The answer is right</source>
        <translation>Die Antwort ist richtig</translation>
    </message>
    <message>
        <source>When to say unknown</source>
        <translation>Wann „unbekannt“</translation>
    </message>
    <message>
        <source>Choose when to say “unknown”, and see what it does (U)</source>
        <translation>Wählen, wann es „unbekannt“ sagt, und sehen, was das bewirkt (U)</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Choose camera, square, rate, countdown and more (R)</source>
        <translation>Kamera, Quadrat, Tempo, Countdown und mehr wählen (R)</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Unknown…</source>
        <translation>Unbekannt …</translation>
    </message>
    <message>
        <source>The answer is right: keep this picture as a sample of it ({key})</source>
        <translation>Die Antwort ist richtig: dieses Bild dazu behalten ({key})</translation>
    </message>
    <message>
        <source>Hold 1–9 to record · {new} new class · Ctrl+Z takes it back</source>
        <translation>1–9 halten: aufnehmen · {new}: neue Klasse · Strg+Z: zurück</translation>
    </message>
    <message>
        <source>{confirm} = right · 1–9 = no, it is … · hold to record</source>
        <translation>{confirm} = richtig · 1–9 = nein, es ist … · halten = aufnehmen</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>It is open in another window</source>
        <translation>Es ist in einem anderen Fenster offen</translation>
    </message>
    <message>
        <source>{project} is open already. Its window has come to the front; here nothing has changed.</source>
        <translation>{project} ist schon offen. Sein Fenster ist jetzt vorn; hier hat sich nichts geändert.</translation>
    </message>
    <message>
        <source>Show that window</source>
        <translation>Fenster zeigen</translation>
    </message>
    <message>
        <source>Bring the other window to the front</source>
        <translation>Das andere Fenster nach vorn holen</translation>
    </message>
    <message>
        <source>Open another project</source>
        <translation>Anderes Projekt öffnen</translation>
    </message>
    <message>
        <source>Choose another project file</source>
        <translation>Eine andere Projektdatei wählen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Open it here</source>
        <translation>Hier öffnen</translation>
    </message>
    <message>
        <source>Showtell ended unexpectedly last time</source>
        <translation>Showtell ist letztes Mal unerwartet beendet worden</translation>
    </message>
    <message>
        <source>Your samples are safe. What went wrong was written down on this computer; nothing was sent.</source>
        <translation>Deine Bilder sind sicher. Was schiefging, steht in einem Bericht auf diesem Computer; verschickt wurde nichts.</translation>
    </message>
    <message>
        <source>Look at the report</source>
        <translation>Bericht ansehen</translation>
    </message>
    <message>
        <source>Read what was written down</source>
        <translation>Lesen, was aufgeschrieben wurde</translation>
    </message>
</context>
<context>
    <name>Backbone</name>
    <message>
        <source>Consolidate: fine-tune what the model sees with on your own pictures. Takes minutes; the picture goes on meanwhile. It is kept only if it is better.</source>
        <translation>Konsolidieren: womit das Modell sieht, wird an deinen eigenen Bildern fein abgestimmt. Das dauert Minuten; das Bild läuft weiter. Behalten wird es nur, wenn es besser ist.</translation>
    </message>
    <message>
        <source>consolidating {done}/{total}</source>
        <translation>konsolidiert {done}/{total}</translation>
    </message>
    <message>
        <source>looking anew {done}/{total}</source>
        <translation>schaut neu {done}/{total}</translation>
    </message>
    <message>
        <source>going over everything</source>
        <translation>geht alles durch</translation>
    </message>
    <message>
        <source>getting ready</source>
        <translation>bereitet sich vor</translation>
    </message>
    <message>
        <source>Consolidating</source>
        <translation>Konsolidiert</translation>
    </message>
    <message>
        <source>step {done} of {total}</source>
        <translation>Schritt {done} von {total}</translation>
    </message>
    <message>
        <source>Looking at every picture anew</source>
        <translation>Sieht jedes Bild neu an</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Going over everything with the new backbone</source>
        <translation>Geht mit dem neuen Grundmodell alles durch</translation>
    </message>
    <message>
        <source>Getting ready to consolidate…</source>
        <translation>Das Konsolidieren wird vorbereitet …</translation>
    </message>
    <message>
        <source>Getting the other backbone ready…</source>
        <translation>Das andere Grundmodell wird vorbereitet …</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>goes on when the computer has nothing else to do</source>
        <translation>geht weiter, wenn der Computer sonst nichts zu tun hat</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>noch etwa {count} min</translation>
    </message>
    <message>
        <source>about {count} h left</source>
        <translation>noch etwa {count} h</translation>
    </message>
    <message>
        <source>It sees with a backbone now that was fine-tuned on your own pictures.</source>
        <translation>Es sieht jetzt mit einem Grundmodell, das an deinen eigenen Bildern fein abgestimmt wurde.</translation>
    </message>
    <message>
        <source>It sees with {name} now.</source>
        <translation>Es sieht jetzt mit {name}.</translation>
    </message>
    <message>
        <source>On recordings kept aside it was right {before} times in 100, and now {now}.</source>
        <translation>Bei zurückgelegten Aufnahmen lag es {before} von 100 Mal richtig, jetzt {now} Mal.</translation>
    </message>
    <message>
        <source>On recordings kept aside it is right {now} times in 100.</source>
        <translation>Bei zurückgelegten Aufnahmen liegt es {now} von 100 Mal richtig.</translation>
    </message>
    <message>
        <source>To go back, restore an earlier version (Insight, Versions).</source>
        <translation>Zurück geht es mit einer früheren Version (Einblick, Versionen).</translation>
    </message>
    <message>
        <source>Consolidated</source>
        <translation>Konsolidiert</translation>
    </message>
    <message>
        <source>Another backbone</source>
        <translation>Ein anderes Grundmodell</translation>
    </message>
    <message>
        <source>It has not been consolidated on your pictures yet.</source>
        <translation>An deinen Bildern ist es noch nicht konsolidiert.</translation>
    </message>
    <message>
        <source>Consolidated on 1 of your pictures, {day}.</source>
        <translation>An 1 deiner Bilder konsolidiert, {day}.</translation>
    </message>
    <message>
        <source>Consolidated on {count} of your pictures, {day}.</source>
        <translation>An {count} deiner Bilder konsolidiert, {day}.</translation>
    </message>
    <message>
        <source>It looks at {side} × {side} pixels and makes {count} numbers of them.</source>
        <translation>Es sieht {side} × {side} Bildpunkte an und macht {count} Zahlen daraus.</translation>
    </message>
    <message>
        <source>It has seen 1 picture that you deleted since. Consolidate again to have one that has not.</source>
        <translation>Es hat 1 Bild gesehen, das du seitdem gelöscht hast. Konsolidiere noch einmal, dann hast du eines, das es nicht kennt.</translation>
    </message>
    <message>
        <source>It has seen {count} pictures that you deleted since. Consolidate again to have one that has not.</source>
        <translation>Es hat {count} Bilder gesehen, die du seitdem gelöscht hast. Konsolidiere noch einmal, dann hast du eines, das sie nicht kennt.</translation>
    </message>
    <message>
        <source>the backbone has seen 1 picture that is gone now</source>
        <translation>das Grundmodell hat 1 Bild gesehen, das jetzt weg ist</translation>
    </message>
    <message>
        <source>the backbone has seen {count} pictures that are gone now</source>
        <translation>das Grundmodell hat {count} Bilder gesehen, die jetzt weg sind</translation>
    </message>
    <message>
        <source>the backbone has seen 1 of them</source>
        <translation>das Grundmodell kennt 1 davon</translation>
    </message>
    <message>
        <source>the backbone has seen {count} of them</source>
        <translation>das Grundmodell kennt {count} davon</translation>
    </message>
</context>
<context>
    <name>BackboneActs</name>
    <message>
        <source>Keep the present backbone</source>
        <translation>Jetziges Grundmodell behalten</translation>
    </message>
    <message>
        <source>Give up consolidation</source>
        <translation>Konsolidieren aufgeben</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>BackboneCard</name>
    <message>
        <source>Backbone</source>
        <translation>Grundmodell</translation>
    </message>
    <message>
        <source>What the model sees with: it makes numbers of a picture, and all else is learned from these. Consolidating fine-tunes it on your own pictures. That takes minutes; the picture goes on meanwhile. It is kept only if it is better.</source>
        <translation>Womit das Modell sieht: Es macht aus einem Bild Zahlen, und aus diesen wird alles Weitere gelernt. Beim Konsolidieren wird es an deinen eigenen Bildern fein abgestimmt. Das dauert Minuten; das Bild läuft weiter. Behalten wird es nur, wenn es besser ist.</translation>
    </message>
    <message>
        <source>Progress of the backbone</source>
        <translation>Fortschritt des Grundmodells</translation>
    </message>
    <message>
        <source>How far the new backbone is</source>
        <translation>Wie weit das neue Grundmodell ist</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Keep the backbone in use, and give up the other one</source>
        <translation>Das Grundmodell behalten, das in Gebrauch ist, und das andere aufgeben</translation>
    </message>
    <message>
        <source>Use another</source>
        <translation>Ein anderes nehmen</translation>
    </message>
    <message>
        <source>Choose another backbone of this computer, or a file</source>
        <translation>Ein anderes Grundmodell dieses Computers wählen oder eine Datei</translation>
    </message>
    <message>
        <source>The learner is starting…</source>
        <translation>Der Lerner startet …</translation>
    </message>
    <message>
        <source>In use: {name}</source>
        <translation>In Gebrauch: {name}</translation>
    </message>
    <message>
        <source>Consolidate again</source>
        <translation>Noch einmal konsolidieren</translation>
    </message>
    <message>
        <source>Consolidate now</source>
        <translation>Jetzt konsolidieren</translation>
    </message>
    <message>
        <source>Teach it two things first</source>
        <translation>Zeig ihm erst zwei Dinge</translation>
    </message>
    <message>
        <source>Keep the backbone in use as a file, for another project or another computer</source>
        <translation>Das Grundmodell als Datei sichern, für ein anderes Projekt oder einen anderen Computer</translation>
    </message>
    <message>
        <source>Only a backbone that is in the project can be saved: consolidate, or choose one from a file</source>
        <translation>Sichern lässt sich nur ein Grundmodell, das im Projekt liegt: konsolidiere, oder nimm eines aus einer Datei</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>Als Datei sichern …</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei …</translation>
    </message>
    <message>
        <source>It is saved as {path}.</source>
        <translation>Es ist gesichert als {path}.</translation>
    </message>
</context>
<context>
    <name>Backbones</name>
    <message>
        <source>asked for</source>
        <translation>gewünscht</translation>
    </message>
</context>
<context>
    <name>Backups</name>
    <message>
        <source>the day&apos;s copy</source>
        <translation>die Kopie des Tages</translation>
    </message>
    <message>
        <source>before a newer Showtell brought it up to date</source>
        <translation>bevor ein neueres Showtell es auf den neuesten Stand brachte</translation>
    </message>
    <message>
        <source>before a consolidation</source>
        <translation>vor dem Konsolidieren</translation>
    </message>
    <message>
        <source>you asked for it</source>
        <translation>du hast sie verlangt</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>Kein Projekt ist offen.</translation>
    </message>
    <message>
        <source>Looking for them…</source>
        <translation>Sie werden gesucht …</translation>
    </message>
    <message>
        <source>There is none yet. The first is made by itself, soon after there are samples.</source>
        <translation>Es gibt noch keine. Die erste entsteht von selbst, bald nachdem es Bilder gibt.</translation>
    </message>
    <message>
        <source>There is one, of {moment}.</source>
        <translation>Es gibt eine, von {moment}.</translation>
    </message>
    <message>
        <source>There are {count}; the newest is of {moment}.</source>
        <translation>Es gibt {count}; die neueste ist von {moment}.</translation>
    </message>
    <message>
        <source>Copying: {percent} %</source>
        <translation>Kopieren: {percent} %</translation>
    </message>
    <message>
        <source>Reading the copy through…</source>
        <translation>Die Kopie wird geprüft …</translation>
    </message>
</context>
<context>
    <name>BackupsDialog</name>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>The copies that are kept of this project, the newest first</source>
        <translation>Die Kopien, die es von diesem Projekt gibt, die neueste zuerst</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Open a copy beside it</source>
        <translation>Kopie daneben öffnen</translation>
    </message>
    <message>
        <source>Make a project of its own of the chosen backup, beside this one, and open it</source>
        <translation>Aus der gewählten Sicherung ein eigenes Projekt neben diesem machen und es öffnen</translation>
    </message>
    <message>
        <source>Put this one back</source>
        <translation>Diese zurückholen</translation>
    </message>
    <message>
        <source>Put the chosen backup in the project&apos;s place; what is there now is set aside</source>
        <translation>Die gewählte Sicherung an die Stelle des Projekts setzen; was jetzt dort ist, wird beiseitegelegt</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Jetzt sichern</translation>
    </message>
    <message>
        <source>Make one more copy of the open project</source>
        <translation>Noch eine Kopie des offenen Projekts machen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Look at the backups in their folder</source>
        <translation>Die Sicherungen in ihrem Ordner ansehen</translation>
    </message>
    <message>
        <source>A backup that is put back takes the project&apos;s place. What is there now is not deleted: it gets another name beside it.</source>
        <translation>Eine zurückgeholte Sicherung kommt an die Stelle des Projekts. Was jetzt dort ist, wird nicht gelöscht: Es bekommt daneben einen anderen Namen.</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
</context>
<context>
    <name>BackupsPage</name>
    <message>
        <source>The folder that backups are kept in</source>
        <translation>Der Ordner, in dem die Sicherungen liegen</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>Anderen wählen …</translation>
    </message>
    <message>
        <source>Keep backups in another folder, on another disk perhaps</source>
        <translation>Sicherungen in einem anderen Ordner aufheben, vielleicht auf einer anderen Platte</translation>
    </message>
    <message>
        <source>Back to the usual one</source>
        <translation>Zurück zum üblichen</translation>
    </message>
    <message>
        <source>Keep backups in Showtell&apos;s own folder again</source>
        <translation>Sicherungen wieder in Showtells eigenem Ordner aufheben</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Look at the backups in their folder</source>
        <translation>Die Sicherungen in ihrem Ordner ansehen</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Jetzt sichern</translation>
    </message>
    <message>
        <source>Make one more copy of the open project</source>
        <translation>Noch eine Kopie des offenen Projekts machen</translation>
    </message>
    <message>
        <source>Show all…</source>
        <translation>Alle zeigen …</translation>
    </message>
    <message>
        <source>List them, open one, or put one back</source>
        <translation>Sie auflisten, eine öffnen oder zurückholen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Of the open project</source>
        <translation>Vom offenen Projekt</translation>
    </message>
    <message>
        <source>Keep backups in</source>
        <translation>Sicherungen aufheben in</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>1 selected</source>
        <translation>1 gewählt</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} gewählt</translation>
    </message>
    <message>
        <source>Take back: {act}</source>
        <translation>Zurücknehmen: {act}</translation>
    </message>
    <message>
        <source>Nothing to take back</source>
        <translation>Nichts zurückzunehmen</translation>
    </message>
    <message>
        <source>Relabel</source>
        <translation>Zuordnen</translation>
    </message>
    <message>
        <source>Give another class (keys 1–9)</source>
        <translation>Einer anderen Klasse zuordnen (Tasten 1–9)</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Hold out</source>
        <translation>Zurücklegen</translation>
    </message>
    <message>
        <source>Learn from them again</source>
        <translation>Wieder daraus lernen</translation>
    </message>
    <message>
        <source>Keep to measure with, not to learn from</source>
        <translation>Zum Messen zurücklegen und nicht daraus lernen</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>Sie zurückholen</translation>
    </message>
    <message>
        <source>Put them aside; undo brings them back</source>
        <translation>Sie beiseitelegen; Rückgängig bringt sie zurück</translation>
    </message>
    <message>
        <source>Consolidate again</source>
        <translation>Noch einmal konsolidieren</translation>
    </message>
    <message>
        <source>Fine-tune the backbone anew, without what is gone now</source>
        <translation>Das Grundmodell neu fein abstimmen, ohne das, was jetzt weg ist</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Nichts wählen</translation>
    </message>
    <message>
        <source>Select nothing (Esc)</source>
        <translation>Nichts wählen (Esc)</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>Camera picture</source>
        <translation>Kamerabild</translation>
    </message>
    <message>
        <source>What the camera sees. Only the bright square is learned from.
Drag it to move it, turn the wheel to look nearer. With the keyboard: arrows, + and −; Home puts it back.</source>
        <translation>Was die Kamera sieht. Gelernt wird nur aus dem hellen Quadrat.
Zieh es, um es zu verschieben; dreh das Rad, um näher hinzusehen. Mit der Tastatur: Pfeile, + und −; Pos1 setzt es zurück.</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Class by class</source>
        <translation>Klasse für Klasse</translation>
    </message>
    <message>
        <source>How well each class does. Click one to see the samples it is measured on (Enter)</source>
        <translation>Wie gut jede Klasse erkannt wird. Klick eine an, um die Bilder zu sehen, an denen gemessen wird (Enter)</translation>
    </message>
    <message>
        <source>{name}: {share} of it is found</source>
        <translation>{name}: {share} davon werden erkannt</translation>
    </message>
    <message>
        <source>nothing was called so</source>
        <translation>nichts wurde so genannt</translation>
    </message>
    <message>
        <source>of what was called so, {share} was so</source>
        <translation>von dem, was so genannt wurde, stimmten {share}</translation>
    </message>
</context>
<context>
    <name>ClassCard</name>
    <message>
        <source>Hold</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>{name}: double-click to rename</source>
        <translation>{name}: zum Umbenennen doppelklicken</translation>
    </message>
    <message>
        <source>Hold to record {name} (or hold the key {key})</source>
        <translation>Halten, um {name} aufzunehmen (oder die Taste {key} halten)</translation>
    </message>
    <message>
        <source>Hold to record {name}</source>
        <translation>Halten, um {name} aufzunehmen</translation>
    </message>
    <message>
        <source>Record {name}</source>
        <translation>{name} aufnehmen</translation>
    </message>
    <message>
        <source>Rename, recolour, move or remove {name} (F2 renames)</source>
        <translation>{name} umbenennen, umfärben, verschieben oder entfernen (F2 benennt um)</translation>
    </message>
    <message>
        <source>More for {name}</source>
        <translation>Mehr zu {name}</translation>
    </message>
    <message>
        <source>New name for {name}</source>
        <translation>Neuer Name für {name}</translation>
    </message>
    <message>
        <source>Enter keeps the name, Esc does not</source>
        <translation>Enter behält den Namen, Esc nicht</translation>
    </message>
    <message>
        <source>Stop adding to {name}</source>
        <translation>Hinzufügen zu {name} beenden</translation>
    </message>
    <message>
        <source>Add no more; what was added stays, and undo takes it back (Esc)</source>
        <translation>Nichts mehr hinzufügen; was da ist, bleibt, und Rückgängig nimmt es zurück (Esc)</translation>
    </message>
    <message>
        <source>Drag it to another place (Alt+Up, Alt+Down). Drop pictures, folders or a clip on it to add them.</source>
        <translation>Zieh sie an einen anderen Platz (Alt+Hoch, Alt+Runter). Lass Bilder, Ordner oder ein Video darauf fallen, um sie hinzuzufügen.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>Nach oben (Alt+Hoch)</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>Nach unten (Alt+Runter)</translation>
    </message>
    <message>
        <source>Remove class</source>
        <translation>Klasse entfernen</translation>
    </message>
</context>
<context>
    <name>ClassList</name>
    <message>
        <source>New class</source>
        <translation>Neue Klasse</translation>
    </message>
    <message>
        <source>Name a new thing to recognise (N). A folder of pictures dropped here becomes a class of its own.</source>
        <translation>Etwas Neues benennen, das erkannt werden soll (N). Ein Bilderordner, den du hier fallen lässt, wird eine eigene Klasse.</translation>
    </message>
    <message>
        <source>New class ({key})</source>
        <translation>Neue Klasse ({key})</translation>
    </message>
    <message>
        <source>What is it called?</source>
        <translation>Wie heißt es?</translation>
    </message>
    <message>
        <source>Name of the new class</source>
        <translation>Name der neuen Klasse</translation>
    </message>
    <message>
        <source>Enter adds it, Esc does not</source>
        <translation>Enter fügt sie hinzu, Esc nicht</translation>
    </message>
</context>
<context>
    <name>CoachPanel</name>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Close the first steps</source>
        <translation>Erste Schritte schließen</translation>
    </message>
    <message>
        <source>Close these steps; they do not come again (Esc)</source>
        <translation>Diese Schritte schließen; sie kommen nicht wieder (Esc)</translation>
    </message>
    <message>
        <source>done: {step}</source>
        <translation>erledigt: {step}</translation>
    </message>
    <message>
        <source>Name and record a second thing, then show me both</source>
        <translation>Benenne ein zweites Ding, nimm es auf und zeig mir beide</translation>
    </message>
    <message>
        <source>That is all. Show me something!</source>
        <translation>Das war alles. Zeig mir etwas!</translation>
    </message>
    <message>
        <source>Name a thing: press N</source>
        <translation>Benenne ein Ding: drück N</translation>
    </message>
    <message>
        <source>Hold {key} for two seconds while you turn it</source>
        <translation>Halte {key} zwei Sekunden, während du es drehst</translation>
    </message>
</context>
<context>
    <name>CodeRow</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>The command is empty, or a quotation mark in it is not closed.</source>
        <translation>Der Befehl ist leer, oder ein Anführungszeichen darin ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>A batch file is given the class in SHOWTELL_CLASS only: leave out {class}.</source>
        <translation>Eine Batchdatei bekommt die Klasse nur in SHOWTELL_CLASS: lass {class} weg.</translation>
    </message>
    <message>
        <source>It was stopped after {seconds:g} s.</source>
        <translation>Nach {seconds:g} s angehalten.</translation>
    </message>
    <message>
        <source>It crashed. {line}</source>
        <translation>Abgestürzt. {line}</translation>
    </message>
    <message>
        <source>It ended with code {code}. {line}</source>
        <translation>Mit Code {code} beendet. {line}</translation>
    </message>
    <message>
        <source>{program} cannot be started. Is it spelled right, and is it installed?</source>
        <translation>{program} lässt sich nicht starten. Ist es richtig geschrieben und installiert?</translation>
    </message>
</context>
<context>
    <name>CommandPage</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>A program and what it is given, quoted as in a terminal</source>
        <translation>Ein Programm und was es bekommt, mit Anführungszeichen wie im Terminal</translation>
    </message>
    <message>
        <source>stop it after </source>
        <translation>anhalten nach </translation>
    </message>
    <message>
        <source>Stop it after</source>
        <translation>Anhalten nach</translation>
    </message>
    <message>
        <source>A command that takes longer is stopped</source>
        <translation>Ein Befehl, der länger braucht, wird angehalten</translation>
    </message>
    <message>
        <source>{class} and {confidence} are put in for what was seen. It runs without a shell, and only while commands are allowed on this computer.</source>
        <translation>Für {class} und {confidence} wird eingesetzt, was gesehen wurde. Er läuft ohne Shell und nur, solange Befehle auf diesem Computer erlaubt sind.</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>What is taken for what</source>
        <translation>Was wofür gehalten wird</translation>
    </message>
    <message>
        <source>Click a cell to see its samples, or go there with the arrow keys and press Enter</source>
        <translation>Klick eine Zelle an, um ihre Bilder zu sehen, oder geh mit den Pfeiltasten hin und drück Enter</translation>
    </message>
    <message>
        <source>{name}: not measured yet</source>
        <translation>{name}: noch nicht gemessen</translation>
    </message>
    <message>
        <source>{name}: {count} of {total} looks were right</source>
        <translation>{name}: {count} von {total} Ansichten waren richtig</translation>
    </message>
    <message>
        <source>{shown} taken for {said}: {count} of {total} looks</source>
        <translation>{shown} für {said} gehalten: {count} von {total} Ansichten</translation>
    </message>
    <message>
        <source>taken for →</source>
        <translation>gehalten für →</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>The report</source>
        <translation>Der Bericht</translation>
    </message>
    <message>
        <source>All that the report says</source>
        <translation>Alles, was im Bericht steht</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Den Bericht kopieren</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Sichern als …</translation>
    </message>
    <message>
        <source>Save the report where you want it</source>
        <translation>Den Bericht sichern, wo du willst</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Look at the folder that reports are in</source>
        <translation>Den Ordner mit den Berichten ansehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close Showtell</source>
        <translation>Showtell schließen</translation>
    </message>
    <message>
        <source>Close this report</source>
        <translation>Diesen Bericht schließen</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Start Showtell again with the same project</source>
        <translation>Showtell mit demselben Projekt neu starten</translation>
    </message>
    <message>
        <source>Something broke in Showtell</source>
        <translation>In Showtell ist etwas kaputtgegangen</translation>
    </message>
    <message>
        <source>Showtell ended unexpectedly last time</source>
        <translation>Showtell ist letztes Mal unerwartet beendet worden</translation>
    </message>
    <message>
        <source>Your samples are safe. Below is a report of what went wrong. It has not been sent: read it, and send it to the people who make Showtell if you like, or leave it.</source>
        <translation>Deine Bilder sind sicher. Unten steht ein Bericht darüber, was schiefging. Er wurde nicht verschickt: Lies ihn und schick ihn, wenn du magst, an die Leute, die Showtell machen, oder lass es.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht sichern</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>Texte (*.txt)</translation>
    </message>
    <message>
        <source>Not saved: {reason}.</source>
        <translation>Nicht gesichert: {reason}.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gesichert.</translation>
    </message>
</context>
<context>
    <name>Demo</name>
    <message>
        <source>This is the demo: a drawn desk instead of a camera. Watch, then try it yourself.</source>
        <translation>Das ist die Vorführung: ein gezeichneter Schreibtisch statt einer Kamera. Schau zu, dann probier es selbst.</translation>
    </message>
    <message>
        <source>A new thing ({number} of {count}): {name}. Press N and name it…</source>
        <translation>Etwas Neues ({number} von {count}): {name}. Drück N und benenne es …</translation>
    </message>
    <message>
        <source>And now, without any help: what is this?   {right} of {asked} right</source>
        <translation>Und jetzt ohne Hilfe: Was ist das?   {right} von {asked} richtig</translation>
    </message>
    <message>
        <source>{right} of {asked} recognised. Your turn: hold a key from 1 to {count} to record more, press N for something new, or choose your own camera at the top right.</source>
        <translation>{right} von {asked} erkannt. Jetzt du: Halte eine Taste von 1 bis {count}, um mehr aufzunehmen, drück N für etwas Neues oder wähl oben rechts deine eigene Kamera.</translation>
    </message>
    <message>
        <source>…then hold the key {key}: ten pictures a second, while it moves.</source>
        <translation>… dann halte die Taste {key}: zehn Bilder pro Sekunde, während es sich bewegt.</translation>
    </message>
    <message>
        <source>Learned. It knew {name} before the refinement was done.</source>
        <translation>Gelernt. Es kannte {name}, noch bevor der Feinschliff fertig war.</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Getting the backbone ready…</source>
        <translation>Das Grundmodell wird vorbereitet …</translation>
    </message>
    <message>
        <source>The learner stopped</source>
        <translation>Der Lerner ist stehen geblieben</translation>
    </message>
    <message>
        <source>The learner cannot be started</source>
        <translation>Der Lerner lässt sich nicht starten</translation>
    </message>
    <message>
        <source>The system gives it no process ({why}). Close other programs.</source>
        <translation>Das System gibt ihm keinen Prozess ({why}). Schließ andere Programme.</translation>
    </message>
    <message>
        <source>TensorFlow does not load</source>
        <translation>TensorFlow lädt nicht</translation>
    </message>
    <message>
        <source>{why}. What was learned before goes on answering; new samples are kept. Run `showtell doctor`, or install Showtell again.</source>
        <translation>{why}. Was schon gelernt ist, antwortet weiter; neue Bilder werden behalten. Führ `showtell doctor` aus oder installier Showtell neu.</translation>
    </message>
    <message>
        <source>You asked for the CPU.</source>
        <translation>Du hast die CPU gewählt.</translation>
    </message>
    <message>
        <source>TensorFlow sees {gpu}.</source>
        <translation>TensorFlow sieht {gpu}.</translation>
    </message>
    <message>
        <source>TensorFlow sees no GPU on this machine.</source>
        <translation>TensorFlow sieht auf diesem Computer keine GPU.</translation>
    </message>
    <message>
        <source>This build of TensorFlow works on the CPU only.</source>
        <translation>Dieses TensorFlow arbeitet nur auf der CPU.</translation>
    </message>
    <message>
        <source>new labels</source>
        <translation>Neues gezeigt</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>gewünscht</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>fortgesetzt</translation>
    </message>
    <message>
        <source>tried again</source>
        <translation>noch einmal versucht</translation>
    </message>
    <message>
        <source>something was taken away</source>
        <translation>etwas wurde weggenommen</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>es war Ruhe</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>von selbst</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>On recordings held out to measure with it would be right {points} points less often.</source>
        <translation>Bei Aufnahmen, die zum Messen zurückgelegt sind, läge es {points} Punkte seltener richtig.</translation>
    </message>
    <message>
        <source>On recordings held out to measure with it would find one class {points} points less often.</source>
        <translation>Bei Aufnahmen, die zum Messen zurückgelegt sind, fände es eine Klasse {points} Punkte seltener.</translation>
    </message>
    <message>
        <source>On recordings held out to measure with it would be no better.</source>
        <translation>Bei zurückgelegten Aufnahmen läge es nicht öfter richtig.</translation>
    </message>
    <message>
        <source>Too little is held out to measure whether it would be better.</source>
        <translation>Es ist zu wenig zurückgelegt, um zu messen, ob es besser wäre.</translation>
    </message>
    <message>
        <source>What is in use was never measured, so nobody could tell whether this is better.</source>
        <translation>Was in Gebrauch ist, wurde nie gemessen; so könnte niemand sagen, ob dies besser ist.</translation>
    </message>
    <message>
        <source>There is no GPU to train on</source>
        <translation>Es gibt keine GPU zum Lernen</translation>
    </message>
    <message>
        <source>The GPU does not work</source>
        <translation>Die GPU funktioniert nicht</translation>
    </message>
    <message>
        <source>{why} Leave the device on auto, or choose cpu.</source>
        <translation>{why} Lass in den Einstellungen „Automatisch“ stehen oder wähl die CPU.</translation>
    </message>
    <message>
        <source>This project was made with another backbone</source>
        <translation>Dieses Projekt wurde mit einem anderen Grundmodell gemacht</translation>
    </message>
    <message>
        <source>Its backbone ({backbone}) is not on this machine. Start Showtell with --backbone FILE and the file it was made with.</source>
        <translation>Sein Grundmodell ({backbone}) ist nicht auf diesem Computer. Starte Showtell mit --backbone DATEI und der Datei, mit der es gemacht wurde.</translation>
    </message>
    <message>
        <source>That version belongs to another backbone</source>
        <translation>Diese Version gehört zu einem anderen Grundmodell</translation>
    </message>
    <message>
        <source>Version {number} was made with another backbone than {backbone}. Start Showtell with that backbone first.</source>
        <translation>Version {number} wurde mit einem anderen Grundmodell als {backbone} gemacht. Starte Showtell zuerst mit jenem Grundmodell.</translation>
    </message>
    <message>
        <source>A backbone is damaged</source>
        <translation>Ein Grundmodell ist beschädigt</translation>
    </message>
    <message>
        <source>A backbone is missing</source>
        <translation>Ein Grundmodell fehlt</translation>
    </message>
    <message>
        <source>{path} is not what was written. Add it again from its file; install Showtell again if it came with it.</source>
        <translation>{path} ist nicht mehr, was geschrieben wurde. Füg es aus seiner Datei noch einmal hinzu; kam es mit Showtell, installier Showtell neu.</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>Der Arbeitsspeicher reicht nicht</translation>
    </message>
    <message>
        <source>The computer has no memory left to learn with. Close other programs; what was labelled is safe, and what was learned before goes on answering.</source>
        <translation>Der Computer hat keinen Arbeitsspeicher mehr zum Lernen. Schließ andere Programme; was benannt wurde, ist sicher, und was vorher gelernt wurde, antwortet weiter.</translation>
    </message>
    <message>
        <source>Learning is as quick on the CPU; {gpu} is kept for consolidation.</source>
        <translation>Auf der CPU lernt es genauso schnell; {gpu} bleibt fürs Konsolidieren.</translation>
    </message>
    <message>
        <source>What {name} keeps of backbone {backbone} is not what was written. Restore a version of another backbone, or consolidate again.</source>
        <translation>Was {name} vom Grundmodell {backbone} enthält, ist nicht mehr, was geschrieben wurde. Nimm eine Version mit einem anderen Grundmodell oder konsolidiere noch einmal.</translation>
    </message>
    <message>
        <source>{path} cannot be read. Add it again from its file; install Showtell again if it came with it.</source>
        <translation>{path} lässt sich nicht lesen. Füg es aus seiner Datei noch einmal hinzu; kam es mit Showtell, installier Showtell neu.</translation>
    </message>
    <message>
        <source>{path} cannot be read. Install Showtell again.</source>
        <translation>{path} lässt sich nicht lesen. Installier Showtell neu.</translation>
    </message>
    <message>
        <source>There is no such backbone</source>
        <translation>Dieses Grundmodell gibt es nicht</translation>
    </message>
    <message>
        <source>There is no &quot;{name}&quot; here; there is {names}. Name one of these, or a .keras or .showtell-backbone file.</source>
        <translation>Hier gibt es kein „{name}“, aber {names}. Nenn eines davon oder eine Datei auf .keras oder .showtell-backbone.</translation>
    </message>
    <message>
        <source>Which backbone is meant?</source>
        <translation>Welches Grundmodell ist gemeint?</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; may be {names}. Write more of the hash.</source>
        <translation>„{name}“ kann {names} sein. Schreib mehr vom Hash.</translation>
    </message>
    <message>
        <source>This backbone cannot be trained</source>
        <translation>Dieses Grundmodell lässt sich nicht abstimmen</translation>
    </message>
    <message>
        <source>The file that backbone {backbone} was made from is not on this machine, or no longer whole. Run showtell backbone add FILE with that file.</source>
        <translation>Die Datei, aus der das Grundmodell {backbone} gemacht wurde, ist nicht auf diesem Computer oder nicht mehr ganz. Starte showtell backbone add DATEI mit jener Datei.</translation>
    </message>
    <message>
        <source>{why} Use a Keras 3 .keras file of an ordinary convolutional network whose last layer is a pooling layer.</source>
        <translation>{why} Nimm eine .keras-Datei von Keras 3 mit einem gewöhnlichen Faltungsnetz, dessen letzte Schicht eine Pooling-Schicht ist.</translation>
    </message>
    <message>
        <source>{why} Get the file again, from somebody you trust.</source>
        <translation>{why} Besorg dir die Datei noch einmal, von jemandem, dem du traust.</translation>
    </message>
    <message>
        <source>That backbone cannot be used</source>
        <translation>Dieses Grundmodell ist nicht zu gebrauchen</translation>
    </message>
    <message>
        <source>{path} cannot be read ({why}). Check the path.</source>
        <translation>{path} lässt sich nicht lesen ({why}). Prüf den Pfad.</translation>
    </message>
    <message>
        <source>The backbone cannot be kept</source>
        <translation>Das Grundmodell lässt sich nicht ablegen</translation>
    </message>
    <message>
        <source>{folder} cannot be written to ({why}). Free some space there, or allow it to be written to.</source>
        <translation>In {folder} lässt sich nicht schreiben ({why}). Schaff dort Platz oder erlaube das Schreiben.</translation>
    </message>
    <message>
        <source>The backbone does not load</source>
        <translation>Das Grundmodell lädt nicht</translation>
    </message>
    <message>
        <source>{name} cannot be used ({why}). Install Showtell again.</source>
        <translation>{name} ist nicht zu gebrauchen ({why}). Installier Showtell neu.</translation>
    </message>
    <message>
        <source>The backbone stays as it is</source>
        <translation>Das Grundmodell bleibt, wie es ist</translation>
    </message>
    <message>
        <source>What was under way to another one was given up.</source>
        <translation>Was zu einem anderen unterwegs war, ist aufgegeben.</translation>
    </message>
    <message>
        <source>Consolidating by itself was switched off.</source>
        <translation>Das Konsolidieren von selbst ist abgeschaltet.</translation>
    </message>
    <message>
        <source>The same pictures came to the same backbone as before. Teach it more, and consolidate then.</source>
        <translation>Dieselben Bilder ergaben dasselbe Grundmodell wie zuvor. Bring ihm mehr bei, und konsolidiere dann.</translation>
    </message>
    <message>
        <source>The consolidation was given up</source>
        <translation>Das Konsolidieren wurde aufgegeben</translation>
    </message>
    <message>
        <source>It is no longer wanted in this project. Begin another one if you like.</source>
        <translation>In diesem Projekt ist es nicht mehr gewünscht. Beginn ein neues, wenn du magst.</translation>
    </message>
    <message>
        <source>There is too little to consolidate</source>
        <translation>Zum Konsolidieren ist zu wenig da</translation>
    </message>
    <message>
        <source>It takes something that was learned, recordings of at least two classes, and others that are held out to measure whether it was worth it. Record each class a few times more.</source>
        <translation>Es braucht etwas Gelerntes, Aufnahmen von mindestens zwei Klassen und weitere, die zurückgelegt sind, um zu messen, ob es sich gelohnt hat. Nimm jede Klasse noch ein paar Mal auf.</translation>
    </message>
    <message>
        <source>Consolidation came to nothing</source>
        <translation>Das Konsolidieren führte zu nichts</translation>
    </message>
    <message>
        <source>Its loss is no longer a number. Try it again, or on the CPU.</source>
        <translation>Sein Fehlermaß ist keine Zahl mehr. Versuch es noch einmal oder auf der CPU.</translation>
    </message>
    <message>
        <source>Consolidation stopped</source>
        <translation>Das Konsolidieren ist stehen geblieben</translation>
    </message>
    <message>
        <source>Consolidation does not work here</source>
        <translation>Konsolidieren geht hier nicht</translation>
    </message>
    <message>
        <source>Its process ended {count} times (exit code {code}). What was learned goes on answering.</source>
        <translation>Sein Prozess endete {count} Mal (Code {code}). Was gelernt wurde, antwortet weiter.</translation>
    </message>
    <message>
        <source>That is not a project</source>
        <translation>Das ist kein Projekt</translation>
    </message>
    <message>
        <source>{name} is some other kind of file. Choose a .showtell file.</source>
        <translation>{name} ist eine andere Art von Datei. Wähl eine .showtell-Datei.</translation>
    </message>
    <message>
        <source>{path} is a folder. Choose a .showtell file.</source>
        <translation>{path} ist ein Ordner. Wähl eine .showtell-Datei.</translation>
    </message>
    <message>
        <source>This project needs a newer Showtell</source>
        <translation>Dieses Projekt braucht ein neueres Showtell</translation>
    </message>
    <message>
        <source>{name} has format {format}; this Showtell knows formats up to {newest}. Install the newest Showtell. The file was not changed.</source>
        <translation>{name} hat Format {format}; dieses Showtell kennt Formate bis {newest}. Installier das neueste Showtell. Die Datei wurde nicht verändert.</translation>
    </message>
    <message>
        <source>The project file is damaged</source>
        <translation>Die Projektdatei ist beschädigt</translation>
    </message>
    <message>
        <source>{name} cannot be read in full ({why}). Go back to a copy of it. The file was not changed.</source>
        <translation>{name} lässt sich nicht vollständig lesen ({why}). Nimm eine Kopie davon. Die Datei wurde nicht verändert.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Speicher ist voll</translation>
    </message>
    <message>
        <source>There is no room to write to {name}. What was labelled before is safe. Free some space and go on.</source>
        <translation>Es ist kein Platz, um in {name} zu schreiben. Was schon benannt ist, ist sicher. Schaff etwas Platz und mach weiter.</translation>
    </message>
    <message>
        <source>The project cannot be written to</source>
        <translation>In das Projekt lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>You may not write to {name} or to its folder. Copy it to a folder of your own and open the copy.</source>
        <translation>Du darfst in {name} oder seinem Ordner nicht schreiben. Kopier die Datei in einen eigenen Ordner und öffne die Kopie.</translation>
    </message>
    <message>
        <source>The project is busy</source>
        <translation>Das Projekt ist belegt</translation>
    </message>
    <message>
        <source>Another program has locked {name}. Close it there, or try again shortly.</source>
        <translation>Ein anderes Programm hält {name} fest. Schließ es dort oder versuch es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The project is open elsewhere</source>
        <translation>Das Projekt ist woanders offen</translation>
    </message>
    <message>
        <source>Another program has {name} open. Close it there, then open it here.</source>
        <translation>Ein anderes Programm hat {name} offen. Schließ es dort und öffne es dann hier.</translation>
    </message>
    <message>
        <source>{name} is open in {program} (process {number} on {host}, since {time}). Close it there, then open it here. If Showtell no longer runs on {machine}, delete {lock} beside the project.</source>
        <translation>{name} ist in {program} offen (Prozess {number} auf {host}, seit {time}). Schließ es dort und öffne es dann hier. Wenn Showtell auf {machine} nicht mehr läuft, lösch {lock} neben dem Projekt.</translation>
    </message>
    <message>
        <source>{name} is open in {program} (process {number} on {host}, since {time}). Close it there, then open it here.</source>
        <translation>{name} ist in {program} offen (Prozess {number} auf {host}, seit {time}). Schließ es dort und öffne es dann hier.</translation>
    </message>
    <message>
        <source>{name} is open in {program} (process {number} on {host}). Close it there, then open it here. If Showtell no longer runs on {machine}, delete {lock} beside the project.</source>
        <translation>{name} ist in {program} offen (Prozess {number} auf {host}). Schließ es dort und öffne es dann hier. Wenn Showtell auf {machine} nicht mehr läuft, lösch {lock} neben dem Projekt.</translation>
    </message>
    <message>
        <source>{name} is open in {program} (process {number} on {host}). Close it there, then open it here.</source>
        <translation>{name} ist in {program} offen (Prozess {number} auf {host}). Schließ es dort und öffne es dann hier.</translation>
    </message>
    <message>
        <source>Another program has {name} open. Close it there (its window, or a showtell command), then do this again.</source>
        <translation>Ein anderes Programm hat {name} offen. Schließ es dort (sein Fenster oder einen showtell-Befehl) und mach das dann noch einmal.</translation>
    </message>
    <message>
        <source>{name} cannot be renamed. Close it, then do this again.</source>
        <translation>{name} lässt sich nicht umbenennen. Schließ es und mach das dann noch einmal.</translation>
    </message>
    <message>
        <source>That project is not opened</source>
        <translation>Dieses Projekt wird nicht geöffnet</translation>
    </message>
    <message>
        <source>{name} has something in it that Showtell never puts there ({what}). Get it again from whoever gave it to you, or go back to a copy of it. The file was not changed.</source>
        <translation>In {name} ist etwas, das Showtell nie hineintut ({what}). Lass es dir von dem, der es dir gegeben hat, noch einmal geben oder nimm eine Kopie davon. Die Datei wurde nicht verändert.</translation>
    </message>
    <message>
        <source>{name} has no {what} any longer. Go back to a copy of it. The file was not changed.</source>
        <translation>{name} hat {what} nicht mehr. Nimm eine Kopie davon. Die Datei wurde nicht verändert.</translation>
    </message>
    <message>
        <source>{name} cannot be used: {what}. Go back to a copy of it. The file was not changed.</source>
        <translation>{name} lässt sich nicht verwenden: {what}. Nimm eine Kopie davon. Die Datei wurde nicht verändert.</translation>
    </message>
    <message>
        <source>That is too large for a project</source>
        <translation>Das ist zu groß für ein Projekt</translation>
    </message>
    <message>
        <source>{name} cannot have more than {most} MB in one piece. Leave it out; choose a smaller backbone if it is one.</source>
        <translation>{name} kann nicht mehr als {most} MB in einem Stück haben. Lass es weg; wähl ein kleineres Grundmodell, wenn es eines ist.</translation>
    </message>
    <message>
        <source>There is no sound copy of it</source>
        <translation>Es gibt keine heile Kopie davon</translation>
    </message>
    <message>
        <source>{name} was copied, and the copy is damaged ({what}). Run showtell check {path} to see what is wrong with it.</source>
        <translation>{name} wurde kopiert, und die Kopie ist beschädigt ({what}). Ruf showtell check {path} auf, um zu sehen, was damit ist.</translation>
    </message>
    <message>
        <source>There are too many copies</source>
        <translation>Es gibt zu viele Kopien</translation>
    </message>
    <message>
        <source>{folder} has {most} of this second. Try again shortly.</source>
        <translation>In {folder} sind {most} aus dieser Sekunde. Versuch es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The project has no id yet</source>
        <translation>Das Projekt hat noch keine Kennung</translation>
    </message>
    <message>
        <source>An older Showtell made {name}. Open it once in the window.</source>
        <translation>Ein älteres Showtell hat {name} gemacht. Öffne es einmal im Fenster.</translation>
    </message>
    <message>
        <source>The project was not brought up to date</source>
        <translation>Das Projekt wurde nicht auf den neuesten Stand gebracht</translation>
    </message>
    <message>
        <source>{name} was made by an older Showtell. A copy of it comes first, and could not be made: {why} The file was not changed. {remedy} Copies are kept in {folder}.</source>
        <translation>{name} ist von einem älteren Showtell. Zuerst kommt eine Kopie davon, und die ging nicht: {why} Die Datei wurde nicht verändert. {remedy} Kopien liegen in {folder}.</translation>
    </message>
    <message>
        <source>No copy was made before the consolidation</source>
        <translation>Vor dem Konsolidieren wurde keine Kopie gemacht</translation>
    </message>
    <message>
        <source>There is nothing to repair</source>
        <translation>Es gibt nichts zu reparieren</translation>
    </message>
    <message>
        <source>{name} has gone. Check the name.</source>
        <translation>{name} ist weg. Prüf den Namen.</translation>
    </message>
    <message>
        <source>Nothing can be read of the project</source>
        <translation>Vom Projekt lässt sich nichts lesen</translation>
    </message>
    <message>
        <source>{name} has no row left that can be read. Go back to a copy of it. The file was not changed.</source>
        <translation>In {name} ist nichts mehr, was sich lesen lässt. Nimm eine Kopie davon. Die Datei wurde nicht verändert.</translation>
    </message>
    <message>
        <source>What could be read makes no project</source>
        <translation>Was sich lesen ließ, ergibt kein Projekt</translation>
    </message>
    <message>
        <source>Of {name}: {why} Go back to a copy of it. The file was not changed.</source>
        <translation>Von {name}: {why} Nimm eine Kopie davon. Die Datei wurde nicht verändert.</translation>
    </message>
    <message>
        <source>The project cannot be read at all</source>
        <translation>Das Projekt lässt sich überhaupt nicht lesen</translation>
    </message>
    <message>
        <source>{name}: {why}. Go back to a copy of it.</source>
        <translation>{name}: {why}. Nimm eine Kopie davon.</translation>
    </message>
    <message>
        <source>The disk does not answer</source>
        <translation>Der Speicher antwortet nicht</translation>
    </message>
    <message>
        <source>Reading or writing {name} failed ({why}). What was labelled before is safe. Check the disk or the network drive it is on, then open the project again.</source>
        <translation>Lesen oder Schreiben von {name} ist misslungen ({why}). Was schon benannt ist, ist sicher. Prüf das Laufwerk oder Netzlaufwerk und öffne das Projekt dann neu.</translation>
    </message>
    <message>
        <source>There is no such folder</source>
        <translation>Diesen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>{folder} does not exist. Make it first, or choose another.</source>
        <translation>{folder} gibt es nicht. Leg ihn zuerst an oder wähl einen anderen.</translation>
    </message>
    <message>
        <source>There is no such project</source>
        <translation>Dieses Projekt gibt es nicht</translation>
    </message>
    <message>
        <source>{path} does not exist. Check the name.</source>
        <translation>{path} gibt es nicht. Prüf den Namen.</translation>
    </message>
    <message>
        <source>The project cannot be reached</source>
        <translation>Das Projekt ist nicht zu erreichen</translation>
    </message>
    <message>
        <source>{path}: {why}. Check the name, and that you may read what is there.</source>
        <translation>{path}: {why}. Prüf den Namen und ob du dort lesen darfst.</translation>
    </message>
    <message>
        <source>That name does not work</source>
        <translation>Dieser Name geht nicht</translation>
    </message>
    <message>
        <source>A name has at least one character. Choose another name.</source>
        <translation>Ein Name hat mindestens ein Zeichen. Wähl einen anderen.</translation>
    </message>
    <message>
        <source>A name has at most {most} characters; this one has {count}. Choose another name.</source>
        <translation>Ein Name hat höchstens {most} Zeichen; dieser hat {count}. Wähl einen anderen.</translation>
    </message>
    <message>
        <source>A name has no line breaks or control characters. Choose another name.</source>
        <translation>Ein Name hat keine Zeilenumbrüche oder Steuerzeichen. Wähl einen anderen.</translation>
    </message>
    <message>
        <source>That name is taken</source>
        <translation>Dieser Name ist vergeben</translation>
    </message>
    <message>
        <source>There is a class called {name} already. Choose another name.</source>
        <translation>Eine Klasse namens {name} gibt es schon. Wähl einen anderen Namen.</translation>
    </message>
    <message>
        <source>There is no such class</source>
        <translation>Diese Klasse gibt es nicht</translation>
    </message>
    <message>
        <source>Class {number} is not in the project. Choose another class.</source>
        <translation>Klasse {number} ist nicht im Projekt. Wähl eine andere.</translation>
    </message>
    <message>
        <source>There is no such sample</source>
        <translation>Dieses Bild gibt es nicht</translation>
    </message>
    <message>
        <source>Sample {number} is not in the project. Choose another sample.</source>
        <translation>Bild {number} ist nicht im Projekt. Wähl ein anderes.</translation>
    </message>
    <message>
        <source>A stored picture is damaged</source>
        <translation>Ein gespeichertes Bild ist beschädigt</translation>
    </message>
    <message>
        <source>The picture of sample {number} in {name} cannot be read. Delete that sample, or go back to a copy of the project.</source>
        <translation>Bild {number} in {name} lässt sich nicht lesen. Lösch es oder nimm eine Kopie des Projekts.</translation>
    </message>
    <message>
        <source>There is no such version</source>
        <translation>Diese Version gibt es nicht</translation>
    </message>
    <message>
        <source>Version {number} is not in the project. Choose another version.</source>
        <translation>Version {number} ist nicht im Projekt. Wähl eine andere.</translation>
    </message>
    <message>
        <source>A version is damaged</source>
        <translation>Eine Version ist beschädigt</translation>
    </message>
    <message>
        <source>What is kept of version {number} is not what was written. Learn again, or restore another version.</source>
        <translation>Was von Version {number} da ist, ist nicht mehr, was geschrieben wurde. Lass neu lernen oder nimm eine andere Version.</translation>
    </message>
    <message>
        <source>demo scene</source>
        <translation>Demoszene</translation>
    </message>
    <message>
        <source>camera {number}</source>
        <translation>Kamera {number}</translation>
    </message>
    <message>
        <source>import: {name}</source>
        <translation>Import: {name}</translation>
    </message>
    <message>
        <source>Opening the camera</source>
        <translation>Die Kamera wird geöffnet</translation>
    </message>
    <message>
        <source>The camera stopped</source>
        <translation>Die Kamera ist stehen geblieben</translation>
    </message>
    <message>
        <source>{source} met an error of Showtell&apos;s own ({error}). Choose it again, or another camera, and please report it.</source>
        <translation>Bei {source} trat ein Fehler von Showtell selbst auf ({error}). Wähl sie neu oder nimm eine andere Kamera, und melde den Fehler bitte.</translation>
    </message>
    <message>
        <source>Waiting for the picture</source>
        <translation>Warten auf das Bild</translation>
    </message>
    <message>
        <source>Nothing comes from {source}. Check its cable or its network, or choose another camera.</source>
        <translation>Es kommt kein Bild von: {source}. Prüf Kabel oder Netz oder wähl eine andere Kamera.</translation>
    </message>
    <message>
        <source>The picture stands still</source>
        <translation>Das Bild steht still</translation>
    </message>
    <message>
        <source>{source} gives the same picture over and over. See that nothing covers it, plug it in again, or choose another camera.</source>
        <translation>{source} liefert immer wieder dasselbe Bild. Sieh nach, ob etwas davor ist, steck sie neu an oder wähl eine andere Kamera.</translation>
    </message>
    <message>
        <source>The end of {source}</source>
        <translation>Ende von {source}</translation>
    </message>
    <message>
        <source>Choose another source, or this one again.</source>
        <translation>Wähl etwas anderes oder noch einmal dasselbe.</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
    <message>
        <source>This machine has no camera that answers. Plug one in, or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>An diesem Computer antwortet keine Kamera. Steck eine an oder nimm ein Video, die Adresse eines Handys oder die Demoszene.</translation>
    </message>
    <message>
        <source>There is no such camera</source>
        <translation>Diese Kamera gibt es nicht</translation>
    </message>
    <message>
        <source>There is no camera {number}. Choose one that is there: {cameras}; or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>Kamera {number} gibt es nicht. Wähl eine, die da ist: {cameras}; oder nimm ein Video, die Adresse eines Handys oder die Demoszene.</translation>
    </message>
    <message>
        <source>The camera may not be used</source>
        <translation>Die Kamera darf nicht benutzt werden</translation>
    </message>
    <message>
        <source>The system does not let Showtell use camera {number}. {how} The picture then comes by itself. Or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>Das System lässt Showtell nicht an Kamera {number}. {how} Das Bild kommt dann von selbst. Oder nimm ein Video, die Adresse eines Handys oder die Demoszene.</translation>
    </message>
    <message>
        <source>Switch it on for Showtell in System Settings › Privacy &amp; Security › Camera.</source>
        <translation>Schalt sie für Showtell ein: Systemeinstellungen › Datenschutz &amp; Sicherheit › Kamera.</translation>
    </message>
    <message>
        <source>Switch it on in Settings › Privacy &amp; security › Camera.</source>
        <translation>Schalt sie ein: Einstellungen › Datenschutz und Sicherheit › Kamera.</translation>
    </message>
    <message>
        <source>Ask whoever looks after this computer to put you into the group “video”.</source>
        <translation>Bitte, wer diesen Computer betreut, dich in die Gruppe „video“ aufzunehmen.</translation>
    </message>
    <message>
        <source>Another program has the camera</source>
        <translation>Ein anderes Programm hat die Kamera</translation>
    </message>
    <message>
        <source>{program} is using camera {number}. Close it there, and the picture comes by itself; or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>{program} benutzt Kamera {number}. Schließ sie dort, dann kommt das Bild von selbst; oder nimm ein Video, die Adresse eines Handys oder die Demoszene.</translation>
    </message>
    <message>
        <source>The camera does not answer</source>
        <translation>Die Kamera antwortet nicht</translation>
    </message>
    <message>
        <source>Camera {number} is there but gives no picture: another program may be using it, or the system does not allow it. Close that program, allow the camera in the system&apos;s settings, or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>Kamera {number} ist da, gibt aber kein Bild: Vielleicht benutzt sie ein anderes Programm, oder das System erlaubt es nicht. Schließ jenes Programm, erlaube die Kamera in den Systemeinstellungen oder nimm ein Video, die Adresse eines Handys oder die Demoszene.</translation>
    </message>
    <message>
        <source>The camera has gone</source>
        <translation>Die Kamera ist weg</translation>
    </message>
    <message>
        <source>Camera {number} sends no new pictures any more. Plug it in again, or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>Kamera {number} schickt keine neuen Bilder mehr. Steck sie wieder an oder nimm ein Video, die Adresse eines Handys oder die Demoszene.</translation>
    </message>
    <message>
        <source>There are no pictures</source>
        <translation>Da sind keine Bilder</translation>
    </message>
    <message>
        <source>{path} has no picture in it that can be read. Choose another one, or the demo scene.</source>
        <translation>In {path} ist kein lesbares Bild. Wähl einen anderen Ordner oder die Demoszene.</translation>
    </message>
    <message>
        <source>That is not a camera</source>
        <translation>Das ist keine Kamera</translation>
    </message>
    <message>
        <source>{text} is no camera number, file, folder or address. Give a number such as 0, a clip, a folder of pictures, an address, or take the demo scene.</source>
        <translation>{text} ist keine Kameranummer, keine Datei, kein Ordner und keine Adresse. Gib eine Nummer wie 0, ein Video, einen Bilderordner oder eine Adresse an oder nimm die Demoszene.</translation>
    </message>
    <message>
        <source>The address does not answer</source>
        <translation>Die Adresse antwortet nicht</translation>
    </message>
    <message>
        <source>No pictures come from {address}. Check that the phone shows this address and is in the same network, or use another camera or the demo scene.</source>
        <translation>Von {address} kommen keine Bilder. Prüf, ob das Handy diese Adresse zeigt und im selben Netz ist, oder nimm eine andere Kamera oder die Demoszene.</translation>
    </message>
    <message>
        <source>The pictures stopped</source>
        <translation>Es kommen keine Bilder mehr</translation>
    </message>
    <message>
        <source>{address} sends no more. Check the phone&apos;s app and its network; the picture comes back by itself.</source>
        <translation>{address} schickt nichts mehr. Prüf die App des Handys und sein Netz; das Bild kommt von selbst wieder.</translation>
    </message>
    <message>
        <source>That clip cannot be played</source>
        <translation>Dieses Video lässt sich nicht abspielen</translation>
    </message>
    <message>
        <source>{name} is missing, damaged, or not a video that OpenCV knows. Choose another one, save it as MP4, or use the demo scene.</source>
        <translation>{name} fehlt, ist beschädigt oder kein Video, das OpenCV kennt. Wähl ein anderes, sichere es als MP4 oder nimm die Demoszene.</translation>
    </message>
    <message>
        <source>There is nothing to export</source>
        <translation>Es gibt nichts zu exportieren</translation>
    </message>
    <message>
        <source>The project has no labelled samples. Name a thing and record it first.</source>
        <translation>Im Projekt sind keine benannten Bilder. Benenne zuerst etwas und nimm es auf.</translation>
    </message>
    <message>
        <source>There is no name left</source>
        <translation>Es ist kein Name mehr frei</translation>
    </message>
    <message>
        <source>{folder} has too many folders called {name}. Choose another folder.</source>
        <translation>In {folder} gibt es zu viele Ordner namens {name}. Wähl einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The pictures cannot be written</source>
        <translation>Die Bilder lassen sich nicht schreiben</translation>
    </message>
    <message>
        <source>{folder} cannot be written to ({why}). Choose another folder.</source>
        <translation>In {folder} lässt sich nicht schreiben ({why}). Wähl einen anderen Ordner.</translation>
    </message>
    <message>
        <source>There is no room for the pictures in {folder}. Make room, or choose another disk.</source>
        <translation>In {folder} ist kein Platz für die Bilder. Schaff Platz oder wähl ein anderes Laufwerk.</translation>
    </message>
    <message>
        <source>The export broke off</source>
        <translation>Der Export brach ab</translation>
    </message>
    <message>
        <source>Its process ended (exit code {code}). Nothing was written.</source>
        <translation>Sein Prozess endete (Code {code}). Geschrieben wurde nichts.</translation>
    </message>
    <message>
        <source>The export stopped</source>
        <translation>Der Export ist stehen geblieben</translation>
    </message>
    <message>
        <source>{path} is there already, and nothing is written over. Choose another name.</source>
        <translation>{path} gibt es schon, und überschrieben wird nichts. Wähl einen anderen Namen.</translation>
    </message>
    <message>
        <source>There is no room for {path}. Make room, or choose another disk.</source>
        <translation>Für {path} ist kein Platz. Schaff Platz oder wähl ein anderes Laufwerk.</translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation>Die Datei lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>{path} cannot be written ({why}). Choose another place for it.</source>
        <translation>{path} lässt sich nicht schreiben ({why}). Wähl einen anderen Ort dafür.</translation>
    </message>
    <message>
        <source>The project has changed</source>
        <translation>Das Projekt hat sich geändert</translation>
    </message>
    <message>
        <source>A sample that was to be exported is gone. Export it once more.</source>
        <translation>Ein Bild, das exportiert werden sollte, ist weg. Exportier noch einmal.</translation>
    </message>
    <message>
        <source>Nothing has been learned yet</source>
        <translation>Noch ist nichts gelernt</translation>
    </message>
    <message>
        <source>{name} has no version to export. Add labelled pictures and learn them first.</source>
        <translation>{name} hat keine Version zum Exportieren. Füg zuerst benannte Bilder hinzu und lass daraus lernen.</translation>
    </message>
    <message>
        <source>The classes of version {number} have been removed. Add labelled pictures and learn them first.</source>
        <translation>Die Klassen von Version {number} wurden entfernt. Füg zuerst benannte Bilder hinzu und lass daraus lernen.</translation>
    </message>
    <message>
        <source>There is nothing to compare with</source>
        <translation>Es gibt nichts zum Vergleichen</translation>
    </message>
    <message>
        <source>The project has no pictures that could show whether the exported model answers as the app does. Record some.</source>
        <translation>Im Projekt sind keine Bilder, an denen sich zeigt, ob das exportierte Modell so antwortet wie Showtell. Nimm ein paar auf.</translation>
    </message>
    <message>
        <source>The model cannot be converted</source>
        <translation>Das Modell lässt sich nicht umwandeln</translation>
    </message>
    <message>
        <source>{why}. Choose another format.</source>
        <translation>{why}. Wähl ein anderes Format.</translation>
    </message>
    <message>
        <source>ONNX is not installed</source>
        <translation>ONNX ist nicht installiert</translation>
    </message>
    <message>
        <source>{modules} cannot be found. Run pip install &apos;showtell[onnx]&apos;.</source>
        <translation>Nicht gefunden: {modules}. Führ pip install &apos;showtell[onnx]&apos; aus.</translation>
    </message>
    <message>
        <source>The exported model answers otherwise</source>
        <translation>Das exportierte Modell antwortet anders</translation>
    </message>
    <message>
        <source>{figures} Export it at full size (float32), or keep it all the same (--force).</source>
        <translation>{figures} Exportier es in voller Größe (float32) oder behalt es trotzdem (--force).</translation>
    </message>
    <message>
        <source>It came to the same class as the app for {share} of {count} pictures, {held_out} of them held out; no probability differed by more than {difference}. A picture took it {milliseconds} ms and the app {app} ms. At least {required} were wanted, so it was not kept.</source>
        <translation>Bei {share} von {count} Bildern kam es auf dieselbe Klasse wie Showtell, {held_out} davon sind zurückgelegt; keine Wahrscheinlichkeit wich um mehr als {difference} ab. Für ein Bild brauchte es {milliseconds} ms, Showtell {app} ms. Verlangt waren mindestens {required}, darum wurde es nicht behalten.</translation>
    </message>
    <message>
        <source>A file of Showtell is missing</source>
        <translation>Eine Datei von Showtell fehlt</translation>
    </message>
    <message>
        <source>That cannot be imported</source>
        <translation>Das lässt sich nicht importieren</translation>
    </message>
    <message>
        <source>{path} is nothing that Showtell can read pictures from. Give it class folders, a table (.csv), an archive of these (.zip), a Teachable Machine project (.tm), a project (.showtell), clips or pictures.</source>
        <translation>Aus {path} kann Showtell keine Bilder lesen. Nimm Klassenordner, eine Tabelle (.csv), ein Archiv davon (.zip), ein Projekt von Teachable Machine (.tm), ein Projekt (.showtell), Videos oder Bilder.</translation>
    </message>
    <message>
        <source>That cannot be read</source>
        <translation>Das lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>{path} cannot be read ({why}). Check the path, and that you may.</source>
        <translation>{path} lässt sich nicht lesen ({why}). Prüf den Pfad und ob du dort lesen darfst.</translation>
    </message>
    <message>
        <source>That has labels of its own</source>
        <translation>Das hat schon eigene Klassen</translation>
    </message>
    <message>
        <source>{path} says itself what it shows. Leave out --label.</source>
        <translation>{path} sagt selbst, was zu sehen ist. Lass --label weg.</translation>
    </message>
    <message>
        <source>What do they show?</source>
        <translation>Was ist darauf zu sehen?</translation>
    </message>
    <message>
        <source>{path} is {kind} and does not say what it shows. Say it with --label, or put the pictures of each class into a folder named after the class.</source>
        <translation>{path} ({kind}) sagt nicht, was zu sehen ist. Sag es mit --label oder leg die Bilder jeder Klasse in einen Ordner, der wie die Klasse heißt.</translation>
    </message>
    <message>
        <source>There are no class folders</source>
        <translation>Es gibt keine Klassenordner</translation>
    </message>
    <message>
        <source>{folder} has no folders in it. Put the pictures of each class into a folder named after the class.</source>
        <translation>In {folder} sind keine Ordner. Leg die Bilder jeder Klasse in einen Ordner, der wie die Klasse heißt.</translation>
    </message>
    <message>
        <source>That archive cannot be read</source>
        <translation>Dieses Archiv lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>{path} is damaged or no zip archive ({why}). Get it again, or pack it anew.</source>
        <translation>{path} ist beschädigt oder kein Zip-Archiv ({why}). Besorg es dir noch einmal oder pack es neu.</translation>
    </message>
    <message>
        <source>{path} is damaged or no zip archive. Get it again, or pack it anew.</source>
        <translation>{path} ist beschädigt oder kein Zip-Archiv. Besorg es dir noch einmal oder pack es neu.</translation>
    </message>
    <message>
        <source>That archive is not opened</source>
        <translation>Dieses Archiv wird nicht geöffnet</translation>
    </message>
    <message>
        <source>{path} could do harm: {why}. Unpack it yourself if you trust it.</source>
        <translation>{path} könnte Schaden anrichten: {why}. Entpack es selbst, wenn du ihm traust.</translation>
    </message>
    <message>
        <source>That clip cannot be read</source>
        <translation>Dieses Video lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>{path} is damaged, or not a video that OpenCV knows. Save it as MP4, and import that.</source>
        <translation>{path} ist beschädigt oder kein Video, das OpenCV kennt. Sichere es als MP4 und importier das.</translation>
    </message>
    <message>
        <source>That is this project</source>
        <translation>Das ist dieses Projekt</translation>
    </message>
    <message>
        <source>{path} cannot be imported into itself. Choose another project.</source>
        <translation>{path} lässt sich nicht in sich selbst importieren. Wähl ein anderes Projekt.</translation>
    </message>
    <message>
        <source>That table cannot be read</source>
        <translation>Diese Tabelle lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>{path} has no column of paths. Give it a first line with the words path,label, and a picture and its class in each line below.</source>
        <translation>{path} hat keine Spalte mit Pfaden. Gib ihr eine erste Zeile mit den Worten path,label und darunter in jeder Zeile ein Bild und seine Klasse.</translation>
    </message>
    <message>
        <source>Showtell learns from pictures</source>
        <translation>Showtell lernt aus Bildern</translation>
    </message>
    <message>
        <source>{path} is a Teachable Machine project of {kind}. Choose one of an image project.</source>
        <translation>{path} ist ein Projekt von Teachable Machine für etwas anderes ({kind}). Wähl eines mit Bildern.</translation>
    </message>
    <message>
        <source>That project cannot be read</source>
        <translation>Dieses Projekt lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>{path} has no pictures where Teachable Machine is known to keep them. Choose &quot;Download samples&quot; in the menu of each class there, and import these files.</source>
        <translation>In {path} sind keine Bilder, wo Teachable Machine sie sonst ablegt. Wähl dort im Menü jeder Klasse „Download samples“ und importier diese Dateien.</translation>
    </message>
    <message>
        <source>That is no address of this machine</source>
        <translation>Das ist keine Adresse dieses Computers</translation>
    </message>
    <message>
        <source>Nobody can listen at {host} ({why}). Leave out --host to be reached from this machine.</source>
        <translation>Unter {host} ist hier nichts zu erreichen ({why}). Lass --host weg, dann geht es von diesem Computer aus.</translation>
    </message>
    <message>
        <source>What has come makes no sense</source>
        <translation>Was gekommen ist, ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>What other laptops have sent cannot be what they know ({why}). Nothing of it was kept. Ask whoever serves the fleet which Showtell it is.</source>
        <translation>Was andere Laptops gesendet haben, kann nicht sein, was sie wissen ({why}). Nichts davon wurde behalten. Frag dort, wo die Flotte geführt wird, welches Showtell es ist.</translation>
    </message>
    <message>
        <source>That is not an address</source>
        <translation>Das ist keine Adresse</translation>
    </message>
    <message>
        <source>{address} has no port. Write it as the serving laptop shows it.</source>
        <translation>{address} hat keinen Port. Schreib sie so, wie der führende Laptop sie zeigt.</translation>
    </message>
    <message>
        <source>That is not a join code</source>
        <translation>Das ist kein Beitrittscode</translation>
    </message>
    <message>
        <source>A join code has six groups of four letters and digits, and {code} has not. Copy it from the laptop that serves the fleet.</source>
        <translation>Ein Beitrittscode hat sechs Gruppen aus vier Buchstaben und Ziffern, und {code} hat sie nicht. Schreib ihn von dem Laptop ab, der die Flotte führt.</translation>
    </message>
    <message>
        <source>Nobody serves a fleet there</source>
        <translation>Dort führt niemand eine Flotte</translation>
    </message>
    <message>
        <source>{address} does not answer ({why}). Check the address, that both are in the same network, and that its firewall lets the port through.</source>
        <translation>{address} antwortet nicht ({why}). Prüf die Adresse, dass beide im selben Netz sind und dass die Firewall dort den Port durchlässt.</translation>
    </message>
    <message>
        <source>That is another laptop</source>
        <translation>Das ist ein anderer Laptop</translation>
    </message>
    <message>
        <source>What answers at {address} is not the laptop that the join code came from. Check the code. If it is right, somebody else in the network pretends to be that laptop: do not join.</source>
        <translation>Was unter {address} antwortet, ist nicht der Laptop, von dem der Beitrittscode kommt. Prüf den Code. Wenn er stimmt, gibt sich jemand anderes im Netz für diesen Laptop aus: Tritt nicht bei.</translation>
    </message>
    <message>
        <source>The fleet does not answer</source>
        <translation>Die Flotte antwortet nicht</translation>
    </message>
    <message>
        <source>{address}: {why}. Try again in a moment.</source>
        <translation>{address}: {why}. Versuch es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The fleet has another backbone</source>
        <translation>Die Flotte hat ein anderes Grundmodell</translation>
    </message>
    <message>
        <source>What one backbone sees means nothing to another, and this project&apos;s is not the one of the fleet. Use the same one on all laptops: `showtell backbone use PROJECT FILE`.</source>
        <translation>Was ein Grundmodell sieht, sagt einem anderen nichts, und das dieses Projekts ist nicht das der Flotte. Nimm auf allen Laptops dasselbe: `showtell backbone use PROJECT FILE`.</translation>
    </message>
    <message>
        <source>The fleet does not let this laptop in</source>
        <translation>Die Flotte lässt diesen Laptop nicht herein</translation>
    </message>
    <message>
        <source>The join code is not the fleet&apos;s, or too many wrong ones have been tried. Copy the code from the serving laptop, or start the fleet there once more for a new one.</source>
        <translation>Der Beitrittscode ist nicht der der Flotte, oder es wurden zu viele falsche versucht. Schreib den Code vom führenden Laptop ab, oder starte die Flotte dort neu, um einen neuen zu bekommen.</translation>
    </message>
    <message>
        <source>A part of Flower has stopped</source>
        <translation>Ein Teil von Flower ist stehen geblieben</translation>
    </message>
    <message>
        <source>{part} has ended: {why} Start the fleet once more.</source>
        <translation>{part} ist zu Ende: {why} Starte die Flotte noch einmal.</translation>
    </message>
    <message>
        <source>Flower is not installed</source>
        <translation>Flower ist nicht installiert</translation>
    </message>
    <message>
        <source>A fleet takes Flower, of which {part} is not there. Install it with `pip install &quot;showtell[fleet]&quot;`.</source>
        <translation>Eine Flotte braucht Flower, von dem {part} fehlt. Installier es mit `pip install &quot;showtell[fleet]&quot;`.</translation>
    </message>
    <message>
        <source>There is no room for {path}.</source>
        <translation>Für {path} ist kein Platz.</translation>
    </message>
    <message>
        <source>Make room, or choose another disk.</source>
        <translation>Mach Platz oder wähl eine andere Platte.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({why}).</source>
        <translation>{path} lässt sich nicht schreiben ({why}).</translation>
    </message>
    <message>
        <source>Choose another place for it.</source>
        <translation>Wähl einen anderen Ort dafür.</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>{project} samples</source>
        <translation>{project} Bilder</translation>
    </message>
    <message>
        <source>{project} model</source>
        <translation>{project} Modell</translation>
    </message>
    <message>
        <source>For another program or a Raspberry Pi</source>
        <translation>Für ein anderes Programm oder einen Raspberry Pi</translation>
    </message>
    <message>
        <source>A zip with the model, the names of its classes, and a short program that asks it. It runs wherever Python does, without Showtell.</source>
        <translation>Ein Zip mit dem Modell, den Namen seiner Klassen und einem kurzen Programm, das es fragt. Es läuft überall, wo Python läuft, ohne Showtell.</translation>
    </message>
    <message>
        <source>Zip archives (*.zip)</source>
        <translation>Zip-Archive (*.zip)</translation>
    </message>
    <message>
        <source>LiteRT model</source>
        <translation>LiteRT-Modell</translation>
    </message>
    <message>
        <source>One file for apps on phones and for small computers (TensorFlow Lite).</source>
        <translation>Eine Datei für Apps auf Handys und für kleine Computer (TensorFlow Lite).</translation>
    </message>
    <message>
        <source>LiteRT models (*.tflite)</source>
        <translation>LiteRT-Modelle (*.tflite)</translation>
    </message>
    <message>
        <source>Keras</source>
        <translation>Keras</translation>
    </message>
    <message>
        <source>One file for who goes on with the model in Python.</source>
        <translation>Eine Datei für alle, die mit dem Modell in Python weiterarbeiten.</translation>
    </message>
    <message>
        <source>Keras models (*.keras)</source>
        <translation>Keras-Modelle (*.keras)</translation>
    </message>
    <message>
        <source>TensorFlow SavedModel</source>
        <translation>TensorFlow SavedModel</translation>
    </message>
    <message>
        <source>A folder for TensorFlow&apos;s own tools and servers.</source>
        <translation>Ein Ordner für die Werkzeuge und Server von TensorFlow.</translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation>ONNX</translation>
    </message>
    <message>
        <source>One file for programs in other languages, which run it with ONNX Runtime.</source>
        <translation>Eine Datei für Programme in anderen Programmiersprachen, die sie mit ONNX Runtime ausführen.</translation>
    </message>
    <message>
        <source>ONNX models (*.onnx)</source>
        <translation>ONNX-Modelle (*.onnx)</translation>
    </message>
    <message>
        <source>Samples as folders</source>
        <translation>Bilder als Ordner</translation>
    </message>
    <message>
        <source>For other programs and for people: a folder of JPEG pictures for each class, and a table that says when each was taken and in which recording.</source>
        <translation>Für andere Programme und für Menschen: ein Ordner mit JPEG-Bildern für jede Klasse und eine Tabelle, in der steht, wann und in welcher Aufnahme jedes entstand.</translation>
    </message>
    <message>
        <source>Numbers for other programs</source>
        <translation>Zahlen für andere Programme</translation>
    </message>
    <message>
        <source>What the model makes of each sample, for who explores it with NumPy.</source>
        <translation>Was das Modell aus jedem Bild macht, für alle, die das mit NumPy erkunden.</translation>
    </message>
    <message>
        <source>NumPy arrays (*.npz)</source>
        <translation>NumPy-Arrays (*.npz)</translation>
    </message>
    <message>
        <source>Report as a web page</source>
        <translation>Bericht als Webseite</translation>
    </message>
    <message>
        <source>One page to read or to send: what it knows, how often it is right, what it mixes up, and some of the samples.</source>
        <translation>Eine Seite zum Lesen oder Verschicken: was es kennt, wie oft es richtig liegt, was es verwechselt, und einige der Bilder.</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>Webseiten (*.html)</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>All its numbers as they are</source>
        <translation>Alle seine Zahlen, wie sie sind</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>Halb</translation>
    </message>
    <message>
        <source>Half as large, and hardly another answer</source>
        <translation>Halb so groß und kaum eine andere Antwort</translation>
    </message>
    <message>
        <source>Quarter</source>
        <translation>Viertel</translation>
    </message>
    <message>
        <source>A quarter as large, and faster on small computers. Its answers may differ now and then: it is tried on your own samples before it is kept.</source>
        <translation>Ein Viertel so groß und schneller auf kleinen Computern. Ab und zu kann es anders antworten: Es wird an deinen eigenen Bildern geprüft, bevor es behalten wird.</translation>
    </message>
    <message>
        <source>{path} is written: {size}.</source>
        <translation>{path} ist geschrieben: {size}.</translation>
    </message>
    <message>
        <source>There are {samples} in it.</source>
        <translation>Inhalt: {samples}.</translation>
    </message>
    <message>
        <source>It answers like this window for {same} of {count} pictures; {milliseconds} ms a picture.</source>
        <translation>Bei {same} von {count} Bildern antwortet es wie dieses Fenster; {milliseconds} ms pro Bild.</translation>
    </message>
    <message>
        <source>{done} of {total} samples</source>
        <translation>{done} von {total} Bildern</translation>
    </message>
    <message>
        <source>Making the model…</source>
        <translation>Das Modell wird gemacht …</translation>
    </message>
    <message>
        <source>Asking this window: {done} of {total} pictures</source>
        <translation>Dieses Fenster wird gefragt: {done} von {total} Bildern</translation>
    </message>
    <message>
        <source>Asking the new model: {done} of {total} pictures</source>
        <translation>Das neue Modell wird gefragt: {done} von {total} Bildern</translation>
    </message>
</context>
<context>
    <name>ExportCard</name>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Take it along: a model that answers elsewhere as it does here, the samples, or a report.</source>
        <translation>Zum Mitnehmen: ein Modell, das anderswo so antwortet wie hier, die Bilder oder ein Bericht.</translation>
    </message>
    <message>
        <source>Size of the model</source>
        <translation>Größe des Modells</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>To install it</source>
        <translation>Zum Installieren</translation>
    </message>
    <message>
        <source>Copy the command that installs it</source>
        <translation>Den Befehl zum Installieren kopieren</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>Dasselbe auf der Befehlszeile</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Choose what is to be written</source>
        <translation>Wählen, was geschrieben werden soll</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>How far the export is</source>
        <translation>Wie weit der Export ist</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Choose where it is to be. Nothing that exists is written over.</source>
        <translation>Wählen, wo es hinsoll. Nichts wird überschrieben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop the export, and remove what was written so far</source>
        <translation>Den Export anhalten und entfernen, was schon geschrieben ist</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Open the folder with what was written in the file manager</source>
        <translation>Den Ordner mit dem Geschriebenen in der Dateiverwaltung öffnen</translation>
    </message>
    <message>
        <source>Write it all the same</source>
        <translation>Trotzdem schreiben</translation>
    </message>
    <message>
        <source>Export it once more, and keep it although it answers otherwise</source>
        <translation>Noch einmal exportieren und behalten, obwohl es anders antwortet</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was left behind.</source>
        <translation>Abgebrochen. Nichts ist liegen geblieben.</translation>
    </message>
    <message>
        <source>Where is the new folder to be?</source>
        <translation>Wo soll der neue Ordner hin?</translation>
    </message>
    <message>
        <source>Where is it to be?</source>
        <translation>Wo soll es hin?</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Wird vorbereitet …</translation>
    </message>
    <message>
        <source>ONNX is not installed here. Install it, and start Showtell again.</source>
        <translation>ONNX ist hier nicht installiert. Installier es und starte Showtell neu.</translation>
    </message>
    <message>
        <source>Nothing has been learned yet, so there is no model. Teach it two things first.</source>
        <translation>Noch ist nichts gelernt, also gibt es kein Modell. Bring ihm zuerst zwei Dinge bei.</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>The log cannot be written</source>
        <translation>Das Protokoll lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>{path} cannot be written to ({why}).</source>
        <translation>In {path} lässt sich nicht schreiben ({why}).</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Wähl eine andere Datei.</translation>
    </message>
    <message>
        <source>Neither {folder} nor your data folder can be written to.</source>
        <translation>Weder in {folder} noch in deinem Datenordner lässt sich schreiben.</translation>
    </message>
    <message>
        <source>There is no place for a project</source>
        <translation>Es gibt keinen Platz für ein Projekt</translation>
    </message>
    <message>
        <source>Name a file where you may write: showtell FOLDER/desk.showtell</source>
        <translation>Nenn eine Datei, wo du schreiben darfst: showtell ORDNER/desk.showtell</translation>
    </message>
    <message>
        <source>The sound cannot be played</source>
        <translation>Der Ton lässt sich nicht abspielen</translation>
    </message>
    <message>
        <source>{path} cannot be read ({why}).</source>
        <translation>{path} lässt sich nicht lesen ({why}).</translation>
    </message>
    <message>
        <source>Choose another sound.</source>
        <translation>Wähl einen anderen Ton.</translation>
    </message>
    <message>
        <source>{path} is no WAV file.</source>
        <translation>{path} ist keine WAV-Datei.</translation>
    </message>
    <message>
        <source>Choose a WAV file.</source>
        <translation>Wähl eine WAV-Datei.</translation>
    </message>
    <message>
        <source>This computer has no program aplay.</source>
        <translation>Auf diesem Computer fehlt das Programm aplay.</translation>
    </message>
    <message>
        <source>Install the package alsa-utils.</source>
        <translation>Installier das Paket alsa-utils.</translation>
    </message>
    <message>
        <source>Look whether this computer plays sounds at all.</source>
        <translation>Prüf, ob dieser Computer überhaupt Töne abspielt.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Open the same file again</source>
        <translation>Dieselbe Datei noch einmal öffnen</translation>
    </message>
    <message>
        <source>Open another project</source>
        <translation>Anderes Projekt öffnen</translation>
    </message>
    <message>
        <source>Choose another project file</source>
        <translation>Eine andere Projektdatei wählen</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Start a new project file</source>
        <translation>Eine neue Projektdatei anlegen</translation>
    </message>
    <message>
        <source>Show its folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Look at the file in its folder</source>
        <translation>Die Datei in ihrem Ordner ansehen</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Anderen Ordner wählen</translation>
    </message>
    <message>
        <source>Keep backups where there is room for them, then try again</source>
        <translation>Sicherungen dort aufheben, wo Platz ist, und es noch einmal versuchen</translation>
    </message>
    <message>
        <source>Save what can be read</source>
        <translation>Retten, was lesbar ist</translation>
    </message>
    <message>
        <source>Make a new project of it; the damaged file is set aside and stays as it is</source>
        <translation>Ein neues Projekt daraus machen; die beschädigte Datei wird beiseitegelegt und bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>Put back the backup of {moment}</source>
        <translation>Sicherung von {moment} zurückholen</translation>
    </message>
    <message>
        <source>Use that copy; the damaged file is set aside and stays as it is</source>
        <translation>Diese Kopie verwenden; die beschädigte Datei wird beiseitegelegt und bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>Choose another camera</source>
        <translation>Andere Kamera wählen</translation>
    </message>
    <message>
        <source>Pick a camera, a clip, a folder or an address</source>
        <translation>Eine Kamera, ein Video, einen Ordner oder eine Adresse wählen</translation>
    </message>
    <message>
        <source>Use the demo scene</source>
        <translation>Demoszene nehmen</translation>
    </message>
    <message>
        <source>Try it without a camera</source>
        <translation>Ohne Kamera probieren</translation>
    </message>
    <message>
        <source>Open the system&apos;s settings</source>
        <translation>Systemeinstellungen öffnen</translation>
    </message>
    <message>
        <source>Go to the switch that lets programs use the camera</source>
        <translation>Zum Schalter gehen, der Programme an die Kamera lässt</translation>
    </message>
    <message>
        <source>The backbone cannot be saved</source>
        <translation>Das Grundmodell lässt sich nicht sichern</translation>
    </message>
    <message>
        <source>The project does not have its file.</source>
        <translation>Das Projekt hat seine Datei nicht.</translation>
    </message>
    <message>
        <source>Consolidate first.</source>
        <translation>Konsolidiere zuerst.</translation>
    </message>
    <message>
        <source>There is a file called {name} already.</source>
        <translation>Es gibt schon eine Datei namens {name}.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wähl einen anderen Namen.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wähl einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The system gives it no process ({why}). Close other programs.</source>
        <translation>Das System gibt ihm keinen Prozess ({why}). Schließ andere Programme.</translation>
    </message>
    <message>
        <source>The export cannot be started</source>
        <translation>Der Export lässt sich nicht starten</translation>
    </message>
    <message>
        <source>Serving needs more than is installed</source>
        <translation>Um anderen Programmen zu antworten, fehlt noch etwas</translation>
    </message>
    <message>
        <source>{module} is not there.</source>
        <translation>{module} ist nicht da.</translation>
    </message>
    <message>
        <source>Install it with: {command}</source>
        <translation>Installier es mit: {command}</translation>
    </message>
</context>
<context>
    <name>FileDrops</name>
    <message>
        <source>adding to {name}: {samples} so far · Esc stops it</source>
        <translation>wird zu {name} hinzugefügt: bisher {samples} · Esc hält an</translation>
    </message>
    <message>
        <source>Left out: {names}. Save them as JPEG or PNG, clips as MP4, and drop them again.</source>
        <translation>Ausgelassen: {names}. Sichere Bilder als JPEG oder PNG, Videos als MP4, und lass sie noch einmal fallen.</translation>
    </message>
    <message>
        <source>{samples} added</source>
        <translation>{samples} hinzugefügt</translation>
    </message>
    <message>
        <source>1 could not be read</source>
        <translation>1 nicht lesbar</translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation>{count} nicht lesbar</translation>
    </message>
    <message>
        <source>1 was there already</source>
        <translation>1 war schon da</translation>
    </message>
    <message>
        <source>{count} were there already</source>
        <translation>{count} waren schon da</translation>
    </message>
    <message>
        <source>1 is in another class</source>
        <translation>1 ist in einer anderen Klasse</translation>
    </message>
    <message>
        <source>{count} are in another class</source>
        <translation>{count} sind in einer anderen Klasse</translation>
    </message>
    <message>
        <source>then you stopped it</source>
        <translation>dann hast du angehalten</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Clips (*.mp4 *.avi *.mov *.mkv *.webm *.m4v);;All files (*)</source>
        <translation>Videos (*.mp4 *.avi *.mov *.mkv *.webm *.m4v);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a clip</source>
        <translation>Video wählen</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>Bilderordner wählen</translation>
    </message>
    <message>
        <source>Pictures, clips, archives, tables, projects ({endings});;All files (*)</source>
        <translation>Bilder, Videos, Archive, Tabellen, Projekte ({endings});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>Dateien importieren</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>Ordner importieren</translation>
    </message>
    <message>
        <source>Address of a phone</source>
        <translation>Adresse eines Handys</translation>
    </message>
    <message>
        <source>The address that the phone&apos;s camera app shows, like http://…/video:</source>
        <translation>Die Adresse, die die Kamera-App des Handys zeigt, etwa http://…/video:</translation>
    </message>
    <message>
        <source>Backbones (*.keras *.showtell-backbone)</source>
        <translation>Grundmodelle (*.keras *.showtell-backbone)</translation>
    </message>
    <message>
        <source>Choose a backbone</source>
        <translation>Ein Grundmodell wählen</translation>
    </message>
    <message>
        <source>Showtell backbones (*.showtell-backbone)</source>
        <translation>Grundmodelle von Showtell (*.showtell-backbone)</translation>
    </message>
    <message>
        <source>Save the backbone</source>
        <translation>Das Grundmodell sichern</translation>
    </message>
    <message>
        <source>Showtell projects (*.showtell)</source>
        <translation>Showtell-Projekte (*.showtell)</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Show all samples again, and not only: {title}</source>
        <translation>Wieder alle Bilder zeigen, nicht nur: {title}</translation>
    </message>
    <message>
        <source>Recording of {when}</source>
        <translation>Aufnahme: {when}</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Only the samples of one recording</source>
        <translation>Nur die Bilder einer Aufnahme</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Only the samples of a day, or of a week</source>
        <translation>Nur die Bilder eines Tages oder einer Woche</translation>
    </message>
    <message>
        <source>Only the samples of one class</source>
        <translation>Nur die Bilder einer Klasse</translation>
    </message>
    <message>
        <source>Without a label</source>
        <translation>Ohne Klasse</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>{name}: {count} samples</source>
        <translation>{name}: {count} Bilder</translation>
    </message>
    <message>
        <source>The model has not looked at the samples yet</source>
        <translation>Das Modell hat die Bilder noch nicht angesehen</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Samples that the model calls something else</source>
        <translation>Bilder, die das Modell anders nennt</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Samples that the model is not sure about</source>
        <translation>Bilder, bei denen das Modell unsicher ist</translation>
    </message>
    <message>
        <source>Suspected</source>
        <translation>Verdächtig</translation>
    </message>
    <message>
        <source>Samples that may have the wrong label: the other recordings would give them another</source>
        <translation>Bilder, die vielleicht falsch zugeordnet sind: Nach den anderen Aufnahmen wären sie etwas anderes</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Fast gleich</translation>
    </message>
    <message>
        <source>Samples that look nearly the same as an earlier one of their recording</source>
        <translation>Bilder, die fast so aussehen wie ein früheres derselben Aufnahme</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>Zurückgelegt</translation>
    </message>
    <message>
        <source>Samples that are measured with and not learned from</source>
        <translation>Bilder, mit denen gemessen und aus denen nicht gelernt wird</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Deleted samples; they can be brought back</source>
        <translation>Gelöschte Bilder; sie lassen sich zurückholen</translation>
    </message>
    <message>
        <source>Every class</source>
        <translation>Jede Klasse</translation>
    </message>
    <message>
        <source>Every recording</source>
        <translation>Jede Aufnahme</translation>
    </message>
    <message>
        <source>without a label</source>
        <translation>ohne Klasse</translation>
    </message>
    <message>
        <source>Any day</source>
        <translation>Jeder Tag</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>The last seven days</source>
        <translation>Die letzten sieben Tage</translation>
    </message>
</context>
<context>
    <name>Flash</name>
    <message>
        <source>Esc or a click closes it</source>
        <translation>Esc oder ein Klick schließt es</translation>
    </message>
    <message>
        <source>Showtell</source>
        <translation>Showtell</translation>
    </message>
    <message>
        <source>A coloured screen</source>
        <translation>Ein farbiger Bildschirm</translation>
    </message>
    <message>
        <source>Esc or a click closes this</source>
        <translation>Esc oder ein Klick schließt dies</translation>
    </message>
</context>
<context>
    <name>Fleet</name>
    <message>
        <source>left the fleet</source>
        <translation>aus der Flotte ausgetreten</translation>
    </message>
    <message>
        <source>from the fleet</source>
        <translation>aus der Flotte</translation>
    </message>
    <message>
        <source>No class has enough different samples to be shared yet. Record more of them.</source>
        <translation>Noch hat keine Klasse genug verschiedene Bilder, um geteilt zu werden. Nimm mehr auf.</translation>
    </message>
    <message>
        <source>What a fleet takes does not start on this computer.</source>
        <translation>Was eine Flotte braucht, startet auf diesem Computer nicht.</translation>
    </message>
</context>
<context>
    <name>FleetCard</name>
    <message>
        <source>Learn from other laptops</source>
        <translation>Von anderen Laptops lernen</translation>
    </message>
    <message>
        <source>For classrooms and workshops: laptops learn from each other, and no picture leaves any of them.</source>
        <translation>Für Klassen und Werkstätten: Laptops lernen voneinander, und kein Bild verlässt einen von ihnen.</translation>
    </message>
    <message>
        <source>Address of the laptop that serves</source>
        <translation>Adresse des Laptops, der die Flotte führt</translation>
    </message>
    <message>
        <source>Join code</source>
        <translation>Beitrittscode</translation>
    </message>
    <message>
        <source>On the laptop that serves</source>
        <translation>Auf dem Laptop, der die Flotte führt</translation>
    </message>
    <message>
        <source>Copy the command that serves a fleet</source>
        <translation>Den Befehl kopieren, der eine Flotte führt</translation>
    </message>
    <message>
        <source>To install it</source>
        <translation>Zum Installieren</translation>
    </message>
    <message>
        <source>Copy the command that installs it</source>
        <translation>Den Befehl kopieren, der es installiert</translation>
    </message>
    <message>
        <source>Show what would be sent</source>
        <translation>Zeigen, was gesendet würde</translation>
    </message>
    <message>
        <source>Sum up what the others would get. Nothing is sent yet</source>
        <translation>Zusammenzählen, was die anderen bekämen. Noch wird nichts gesendet</translation>
    </message>
    <message>
        <source>Send it and join</source>
        <translation>Senden und beitreten</translation>
    </message>
    <message>
        <source>Take part, until you leave or close it</source>
        <translation>Teilnehmen, bis du austrittst oder es schließt</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Austreten</translation>
    </message>
    <message>
        <source>Take part no longer; what has come stays</source>
        <translation>Nicht mehr teilnehmen; was gekommen ist, bleibt</translation>
    </message>
    <message>
        <source>Forget what has come</source>
        <translation>Vergessen, was gekommen ist</translation>
    </message>
    <message>
        <source>Learn without what the other laptops know</source>
        <translation>Ohne das lernen, was die anderen Laptops wissen</translation>
    </message>
    <message>
        <source>Do not join</source>
        <translation>Nicht beitreten</translation>
    </message>
    <message>
        <source>{act}: learn from other laptops</source>
        <translation>{act}: von anderen Laptops lernen</translation>
    </message>
    <message>
        <source>Off. Nothing is sent, and nothing comes.</source>
        <translation>Aus. Nichts wird gesendet, und nichts kommt.</translation>
    </message>
    <message>
        <source>What it takes is not installed here. Install it, and start Showtell again.</source>
        <translation>Was dazu nötig ist, ist hier nicht installiert. Installier es und starte Showtell neu.</translation>
    </message>
    <message>
        <source>Summing up what would be sent…</source>
        <translation>Es wird zusammengezählt, was gesendet würde …</translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>Noch wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation>Tritt bei …</translation>
    </message>
    <message>
        <source>This laptop takes part. Sums are sent when the laptop that serves asks.</source>
        <translation>Dieser Laptop nimmt teil. Summen werden gesendet, wenn der führende Laptop danach fragt.</translation>
    </message>
    <message>
        <source>The laptop that serves has ended, or is out of reach. What has come stays.</source>
        <translation>Der führende Laptop hat aufgehört oder ist nicht erreichbar. Was gekommen ist, bleibt.</translation>
    </message>
    <message>
        <source>Leaving…</source>
        <translation>Tritt aus …</translation>
    </message>
    <message>
        <source>{name}: its name, that it has {samples}, and the sum over them</source>
        <translation>{name}: der Name, dass es {samples} gibt, und die Summe darüber</translation>
    </message>
    <message>
        <source>How all of them scatter around these sums; {size} MB in all</source>
        <translation>Wie alle um diese Summen streuen; zusammen {size} MB</translation>
    </message>
    <message>
        <source>{name} stays here: it has too few different samples</source>
        <translation>{name} bleibt hier: zu wenige verschiedene Bilder</translation>
    </message>
    <message>
        <source>one other laptop</source>
        <translation>einem anderen Laptop</translation>
    </message>
    <message>
        <source>{count} other laptops</source>
        <translation>{count} anderen Laptops</translation>
    </message>
    <message>
        <source>What came from {laptops} was not taken: {why}</source>
        <translation>Was von {laptops} kam, wurde nicht übernommen: {why}</translation>
    </message>
    <message>
        <source>Version {version} has learned from {laptops}.</source>
        <translation>Version {version} hat von {laptops} gelernt.</translation>
    </message>
    <message>
        <source>It learns with what came from {laptops}.</source>
        <translation>Es lernt mit dem, was von {laptops} kam.</translation>
    </message>
</context>
<context>
    <name>ForgettingChart</name>
    <message>
        <source>What it forgot</source>
        <translation>Was es vergessen hat</translation>
    </message>
    <message>
        <source>How much less of a class it finds than at its best. Click a line&apos;s end to see the class&apos;s samples</source>
        <translation>Wie viel weniger es von einer Klasse erkennt als in seiner besten Zeit. Klick das Ende einer Linie an, um die Bilder der Klasse zu sehen</translation>
    </message>
    <message>
        <source>What it forgets shows once recordings are kept aside.</source>
        <translation>Was es vergisst, zeigt sich, sobald Aufnahmen zurückgelegt sind.</translation>
    </message>
    <message>
        <source>It has forgotten nothing so far.</source>
        <translation>Bisher hat es nichts vergessen.</translation>
    </message>
    <message>
        <source>In 100, found less often now than at its best: {classes}</source>
        <translation>Von 100, jetzt seltener erkannt als in der besten Zeit: {classes}</translation>
    </message>
    <message>
        <source>{name}: Enter shows its samples</source>
        <translation>{name}: Enter zeigt die Bilder</translation>
    </message>
    <message>
        <source>less than at its best; the {count} it forgot most of</source>
        <translation>weniger als einst; die {count}, die es am meisten vergaß</translation>
    </message>
    <message>
        <source>less than at its best</source>
        <translation>weniger als einst</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>New, open and recent projects</source>
        <translation>Neue, offene und letzte Projekte</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show things and name them</source>
        <translation>Dinge zeigen und benennen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsehen</translation>
    </message>
    <message>
        <source>Look through the samples and put them right</source>
        <translation>Die Bilder durchsehen und richtigstellen</translation>
    </message>
    <message>
        <source>Insight</source>
        <translation>Einblick</translation>
    </message>
    <message>
        <source>See how good it is, and why</source>
        <translation>Sehen, wie gut es ist und warum</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Nutzen</translation>
    </message>
    <message>
        <source>Put what was learned to use</source>
        <translation>Das Gelernte nutzen</translation>
    </message>
    <message>
        <source>Project {name}</source>
        <translation>Projekt {name}</translation>
    </message>
    <message>
        <source>Preferences: appearance, language, keys</source>
        <translation>Einstellungen: Aussehen, Sprache, Tasten</translation>
    </message>
    <message>
        <source>Choose what the picture comes from</source>
        <translation>Wählen, woher das Bild kommt</translation>
    </message>
    <message>
        <source>Now: {source}</source>
        <translation>Jetzt: {source}</translation>
    </message>
</context>
<context>
    <name>HeatPage</name>
    <message>
        <source>Show where it looks</source>
        <translation>Zeigen, wohin es schaut</translation>
    </message>
    <message>
        <source>Colour what makes it give its answer (W)</source>
        <translation>Einfärben, was zu seiner Antwort führt (W)</translation>
    </message>
    <message>
        <source>Hold something before the camera…</source>
        <translation>Halte etwas vor die Kamera …</translation>
    </message>
    <message>
        <source>See which part of the picture makes it give its answer.</source>
        <translation>Sieh, welcher Teil des Bildes zu seiner Antwort führt.</translation>
    </message>
    <message>
        <source>It has learned nothing yet that it could look for.</source>
        <translation>Es hat noch nichts gelernt, wonach es schauen könnte.</translation>
    </message>
    <message>
        <source>Coloured: what speaks for {name}. If that is not the thing itself, show it elsewhere too.</source>
        <translation>Farbig: was für {name} spricht. Ist das nicht das Ding selbst, zeig es auch woanders.</translation>
    </message>
</context>
<context>
    <name>HeatView</name>
    <message>
        <source>Camera picture</source>
        <translation>Kamerabild</translation>
    </message>
    <message>
        <source>What the camera sees, and what of it speaks for the answer</source>
        <translation>Was die Kamera sieht und was davon für die Antwort spricht</translation>
    </message>
    <message>
        <source>No picture yet: choose a camera above.</source>
        <translation>Noch kein Bild: wähl oben eine Kamera.</translation>
    </message>
</context>
<context>
    <name>IncrementCard</name>
    <message>
        <source>Look at its samples</source>
        <translation>Bilder ansehen</translation>
    </message>
    <message>
        <source>Show in Review what was learned then (Enter on the curve)</source>
        <translation>Unter Durchsehen zeigen, was damals gelernt wurde (Enter auf der Kurve)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
</context>
<context>
    <name>Insight</name>
    <message>
        <source>It is right {times} times in 100 on recordings it has not learned from; it still takes {this} for {that}.</source>
        <translation>Es liegt {times} von 100 Mal richtig bei Aufnahmen, aus denen es nicht gelernt hat; noch hält es {this} für {that}.</translation>
    </message>
    <message>
        <source>It is right every time on recordings it has not learned from.</source>
        <translation>Es liegt jedes Mal richtig bei Aufnahmen, aus denen es nicht gelernt hat.</translation>
    </message>
    <message>
        <source>It is right {times} times in 100 on recordings it has not learned from.</source>
        <translation>Es liegt {times} von 100 Mal richtig bei Aufnahmen, aus denen es nicht gelernt hat.</translation>
    </message>
    <message>
        <source>Its percentages have been right so far.</source>
        <translation>Seine Prozente haben bisher gestimmt.</translation>
    </message>
    <message>
        <source>Its percentages are off by 1 point on average.</source>
        <translation>Seine Prozente liegen im Mittel um 1 Punkt daneben.</translation>
    </message>
    <message>
        <source>Its percentages are off by {off} points on average.</source>
        <translation>Seine Prozente liegen im Mittel um {off} Punkte daneben.</translation>
    </message>
    <message>
        <source>It recognised {right} of {recordings} recordings before it had learned from them.</source>
        <translation>Es erkannte {right} von {recordings} Aufnahmen, bevor es aus ihnen gelernt hatte.</translation>
    </message>
    <message>
        <source>Shown one thing it knows and one it was never taught, it finds the second one stranger {times} times in 100; guessing would be 50.</source>
        <translation>Von einem bekannten und einem nie gezeigten Ding findet es das zweite {times} von 100 Mal fremder; Raten wäre 50.</translation>
    </message>
    <message>
        <source>It calls {times} in 100 pictures of things it knows unknown.</source>
        <translation>Von 100 Bildern bekannter Dinge nennt es {times} unbekannt.</translation>
    </message>
    <message>
        <source>Measured on only {count} recordings that were kept aside: take the numbers as rough.</source>
        <translation>Gemessen an nur {count} zurückgelegten Aufnahmen: nimm die Zahlen als grob.</translation>
    </message>
    <message>
        <source>Measured on {count} recordings that were kept aside; each counts the same.</source>
        <translation>Gemessen an {count} zurückgelegten Aufnahmen; jede zählt gleich.</translation>
    </message>
    <message>
        <source>It has forgotten nothing.</source>
        <translation>Es hat nichts vergessen.</translation>
    </message>
    <message>
        <source>What it forgot most is {name}: it finds it {fewer} times in 100 less than it once did.</source>
        <translation>Am meisten hat es {name} vergessen: Das erkennt es {fewer} von 100 Mal seltener als einst.</translation>
    </message>
    <message>
        <source>There is nothing to tell apart yet.</source>
        <translation>Noch gibt es nichts zu unterscheiden.</translation>
    </message>
    <message>
        <source>Teach it two things first: name them, and show each of them a few times.</source>
        <translation>Bring ihm zuerst zwei Dinge bei: benenne sie und zeig jedes ein paar Mal.</translation>
    </message>
    <message>
        <source>It has not learned yet.</source>
        <translation>Es hat noch nicht gelernt.</translation>
    </message>
    <message>
        <source>Record each thing a few times. It learns by itself.</source>
        <translation>Nimm jedes Ding ein paar Mal auf. Es lernt von selbst.</translation>
    </message>
    <message>
        <source>Nothing was measured of version {number}, which is in use.</source>
        <translation>Von Version {number}, die in Gebrauch ist, ist nichts gemessen.</translation>
    </message>
    <message>
        <source>The next one is measured as soon as it learns.</source>
        <translation>Die nächste wird gemessen, sobald es lernt.</translation>
    </message>
    <message>
        <source>How good it is cannot be measured yet.</source>
        <translation>Wie gut es ist, lässt sich noch nicht messen.</translation>
    </message>
    <message>
        <source>Record each thing a few times: then some recordings are kept aside to measure with.</source>
        <translation>Nimm jedes Ding ein paar Mal auf: Dann werden einige Aufnahmen zum Messen zurückgelegt.</translation>
    </message>
    <message>
        <source>So far there is 1 recording of {name}.</source>
        <translation>Bisher gibt es 1 Aufnahme von {name}.</translation>
    </message>
    <message>
        <source>So far there are {count} recordings of {name}.</source>
        <translation>Bisher gibt es {count} Aufnahmen von {name}.</translation>
    </message>
    <message>
        <source>Nothing was measured of version {number}.</source>
        <translation>Von Version {number} ist nichts gemessen.</translation>
    </message>
    <message>
        <source>went over everything</source>
        <translation>alles durchgegangen</translation>
    </message>
    <message>
        <source>from the fleet</source>
        <translation>aus der Flotte</translation>
    </message>
    <message>
        <source>learned what was new</source>
        <translation>Neues gelernt</translation>
    </message>
    <message>
        <source>{new} new, {total} in all</source>
        <translation>{new} neu, {total} insgesamt</translation>
    </message>
    <message>
        <source>right {times} times in 100 on recordings kept aside</source>
        <translation>{times} von 100 Mal richtig bei zurückgelegten Aufnahmen</translation>
    </message>
    <message>
        <source>recognised {right} of {recordings} new recordings before it learned them</source>
        <translation>{right} von {recordings} neuen Aufnahmen vor dem Lernen erkannt</translation>
    </message>
    <message>
        <source>not kept: {why}</source>
        <translation>nicht behalten: {why}</translation>
    </message>
    <message>
        <source>kept as version {number}</source>
        <translation>behalten als Version {number}</translation>
    </message>
    <message>
        <source>kept then; its version has made room for newer ones</source>
        <translation>damals behalten; die Version hat neueren Platz gemacht</translation>
    </message>
    <message>
        <source>Version {this} is right as often as version {that}</source>
        <translation>Version {this} liegt so oft richtig wie Version {that}</translation>
    </message>
    <message>
        <source>Version {this} is right {count} in 100 more often than version {that}</source>
        <translation>Version {this} liegt {count} von 100 Mal öfter richtig als Version {that}</translation>
    </message>
    <message>
        <source>Version {this} is right {count} in 100 less often than version {that}</source>
        <translation>Version {this} liegt {count} von 100 Mal seltener richtig als Version {that}</translation>
    </message>
    <message>
        <source>{said}: it finds {more} more often, {fewer} less often.</source>
        <translation>{said}: {more} erkennt sie öfter, {fewer} seltener.</translation>
    </message>
    <message>
        <source>{said}: it finds {more} more often.</source>
        <translation>{said}: {more} erkennt sie öfter.</translation>
    </message>
    <message>
        <source>{said}: it finds {fewer} less often.</source>
        <translation>{said}: {fewer} erkennt sie seltener.</translation>
    </message>
    <message>
        <source>{said}; no single thing stands out.</source>
        <translation>{said}; nichts Einzelnes sticht heraus.</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} und {count} mehr</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names} und {last}</translation>
    </message>
</context>
<context>
    <name>InsightRoom</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>How it has become better</source>
        <translation>Wie es besser geworden ist</translation>
    </message>
    <message>
        <source>Mix-ups</source>
        <translation>Verwechslungen</translation>
    </message>
    <message>
        <source>What it takes for what</source>
        <translation>Was es wofür hält</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Which samples look alike to it</source>
        <translation>Welche Bilder ihm ähnlich vorkommen</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>Blick</translation>
    </message>
    <message>
        <source>What in the picture makes it give its answer</source>
        <translation>Was im Bild zu seiner Antwort führt</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Compare what it was and is, and go back</source>
        <translation>Vergleichen, was es war und ist, und zurückgehen</translation>
    </message>
    <message>
        <source>{name}, recognised</source>
        <translation>{name}, erkannt</translation>
    </message>
    <message>
        <source>{shown} taken for {said}</source>
        <translation>{shown} für {said} gehalten</translation>
    </message>
    <message>
        <source>{name}, kept aside; wrong ones first</source>
        <translation>{name}, zurückgelegt; falsche zuerst</translation>
    </message>
    <message>
        <source>Learned in one go</source>
        <translation>Auf einmal gelernt</translation>
    </message>
    <message>
        <source>The samples are still being looked through. Try again in a moment.</source>
        <translation>Die Bilder werden noch durchgesehen. Versuch es gleich noch einmal.</translation>
    </message>
    <message>
        <source>{title}: there are no such samples.</source>
        <translation>{title}: solche Bilder gibt es nicht.</translation>
    </message>
    <message>
        <source>Version {number} is being put in use…</source>
        <translation>Version {number} wird in Gebrauch genommen …</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>In this room</source>
        <translation>In diesem Raum</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>You can choose other keys in the preferences. Any key closes this list.</source>
        <translation>Andere Tasten kannst du in den Einstellungen wählen. Jede Taste schließt diese Liste.</translation>
    </message>
</context>
<context>
    <name>KeyPage</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Give the keys back as they were</source>
        <translation>Die Tasten zurückgeben, wie sie waren</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>Alle Tasten zurücksetzen</translation>
    </message>
    <message>
        <source>Give everything the key it came with</source>
        <translation>Allem die ursprüngliche Taste geben</translation>
    </message>
    <message>
        <source>Press a field, then the key you want. The digits belong to the classes.</source>
        <translation>Drück auf ein Feld, dann die Taste, die du willst. Die Ziffern gehören den Klassen.</translation>
    </message>
    <message>
        <source>The key for “{words}”; press the one you want</source>
        <translation>Die Taste für „{words}“; drück die, die du willst</translation>
    </message>
    <message>
        <source>Reset “{words}”</source>
        <translation>„{words}“ zurücksetzen</translation>
    </message>
    <message>
        <source>Give it the key it came with</source>
        <translation>Die ursprüngliche Taste geben</translation>
    </message>
    <message>
        <source>The digits belong to the classes. Choose another key.</source>
        <translation>Die Ziffern gehören den Klassen. Wähl eine andere Taste.</translation>
    </message>
    <message>
        <source>{key} was the key for “{words}”, which has lost it.</source>
        <translation>{key} war die Taste für „{words}“, das sie verloren hat.</translation>
    </message>
    <message>
        <source>“{words}” has no key now.</source>
        <translation>„{words}“ hat jetzt keine Taste.</translation>
    </message>
    <message>
        <source>{key} is the key for “{words}” now.</source>
        <translation>{key} ist jetzt die Taste für „{words}“.</translation>
    </message>
    <message>
        <source>The keys are as they were.</source>
        <translation>Die Tasten sind wieder wie vorher.</translation>
    </message>
    <message>
        <source>“{words}” has the key it came with.</source>
        <translation>„{words}“ hat die ursprüngliche Taste.</translation>
    </message>
    <message>
        <source>Everything has the key it came with.</source>
        <translation>Alles hat die ursprüngliche Taste.</translation>
    </message>
    <message>
        <source>No key: press one</source>
        <translation>Keine: drück eine</translation>
    </message>
</context>
<context>
    <name>LargePicture</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>This picture cannot be read</source>
        <translation>Dieses Bild lässt sich nicht lesen</translation>
    </message>
</context>
<context>
    <name>Learner</name>
    <message>
        <source>learning is paused</source>
        <translation>Lernen steht</translation>
    </message>
    <message>
        <source>learner restarting</source>
        <translation>Lerner startet neu</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>lernt</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>you paused learning</source>
        <translation>Lernen angehalten</translation>
    </message>
    <message>
        <source>going over everything</source>
        <translation>geht alles durch</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>step {number} of {total} · loss {loss} · batch {right} right</source>
        <translation>Schritt {number} von {total} · Verlust {loss} · Stapel {right} richtig</translation>
    </message>
    <message>
        <source>TensorFlow is still loading; answers come without it.</source>
        <translation>TensorFlow lädt noch; Antworten kommen ohne es.</translation>
    </message>
    <message>
        <source>Training runs on {device}.</source>
        <translation>Gelernt wird auf: {device}.</translation>
    </message>
    <message>
        <source>no version yet</source>
        <translation>noch keine Version</translation>
    </message>
    <message>
        <source>version {number} · {age}</source>
        <translation>Version {number} · {age}</translation>
    </message>
    <message>
        <source>The version in use, and its age</source>
        <translation>Die Version in Gebrauch und ihr Alter</translation>
    </message>
    <message>
        <source>It stayed when everything was gone over: {why}</source>
        <translation>Sie blieb, als alles durchgegangen wurde: {why}</translation>
    </message>
    <message>
        <source>{count} samples</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>1 sample</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} warten</translation>
    </message>
    <message>
        <source>{share} right on 1 held-out recording</source>
        <translation>{share} richtig bei 1 zurückgelegten Aufnahme</translation>
    </message>
    <message>
        <source>{share} right on {count} held-out recordings</source>
        <translation>{share} richtig bei {count} zurückgelegten Aufnahmen</translation>
    </message>
    <message>
        <source>How much is right of recordings that were held out from its twin, made in the same way but without them.</source>
        <translation>Wie viel richtig ist bei Aufnahmen, die seinem Zwilling vorenthalten wurden: ebenso gemacht, nur ohne sie.</translation>
    </message>
    <message>
        <source>What answers here has learned from them too. Each recording counts the same, since its frames are much alike.</source>
        <translation>Was hier antwortet, hat auch aus ihnen gelernt. Jede Aufnahme zählt gleich, denn ihre Bilder sind einander sehr ähnlich.</translation>
    </message>
    <message>
        <source>Of the last recordings of things it knew already, how many it recognised before it learned from them.</source>
        <translation>Wie viele der letzten Aufnahmen bekannter Dinge es erkannte, bevor es aus ihnen lernte.</translation>
    </message>
    <message>
        <source>Counted by recording, since the frames of one recording are much alike.</source>
        <translation>Gezählt nach Aufnahmen, denn die Bilder einer Aufnahme sind einander sehr ähnlich.</translation>
    </message>
    <message>
        <source>On held-out recordings it is not measurable yet: record each thing a few times.</source>
        <translation>An zurückgelegten Aufnahmen ist es noch nicht messbar: Nimm jedes Ding ein paar Mal auf.</translation>
    </message>
    <message>
        <source>nothing forgotten</source>
        <translation>nichts vergessen</translation>
    </message>
    <message>
        <source>forgetting {points} in 100</source>
        <translation>{points} von 100 vergessen</translation>
    </message>
    <message>
        <source>recognised before learning: not measurable yet</source>
        <translation>vor dem Lernen erkannt: noch nicht messbar</translation>
    </message>
    <message>
        <source>recognised before learning: {right} of the last {count} recordings</source>
        <translation>vor dem Lernen erkannt: {right} der letzten {count} Aufnahmen</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>{count} s ago</source>
        <translation>vor {count} s</translation>
    </message>
    <message>
        <source>1 day ago</source>
        <translation>vor 1 Tag</translation>
    </message>
    <message>
        <source>{count} days ago</source>
        <translation>vor {count} Tagen</translation>
    </message>
    <message>
        <source>1 hour ago</source>
        <translation>vor 1 Stunde</translation>
    </message>
    <message>
        <source>{count} hours ago</source>
        <translation>vor {count} Stunden</translation>
    </message>
    <message>
        <source>1 minute ago</source>
        <translation>vor 1 Minute</translation>
    </message>
    <message>
        <source>{count} minutes ago</source>
        <translation>vor {count} Minuten</translation>
    </message>
    <message>
        <source>Of the thing it has forgotten most of, it recognises {fewer} in 100 fewer than it once did.</source>
        <translation>Von dem Ding, das es am meisten vergessen hat, erkennt es {fewer} von 100 weniger als einst.</translation>
    </message>
    <message>
        <source>It has forgotten nothing.</source>
        <translation>Es hat nichts vergessen.</translation>
    </message>
    <message>
        <source>Of something it was never taught and something it was, the first looks stranger to it {times} times in 100; guessing would be 50.</source>
        <translation>Von etwas nie Gezeigtem und etwas Gezeigtem kommt ihm das erste {times} von 100 Mal fremder vor; Raten wäre 50.</translation>
    </message>
</context>
<context>
    <name>LearnerBridge</name>
    <message>
        <source>looking at {count} more</source>
        <translation>sieht noch {count} an</translation>
    </message>
    <message>
        <source>waiting for {what}</source>
        <translation>wartet auf {what}</translation>
    </message>
    <message>
        <source>The system ended it, as it does when memory runs out. Close other programs.</source>
        <translation>Das System hat es beendet, wie es das tut, wenn der Arbeitsspeicher ausgeht. Schließ andere Programme.</translation>
    </message>
    <message>
        <source>{why} The version before stays.</source>
        <translation>{why} Die Version davor bleibt.</translation>
    </message>
    <message>
        <source>What others know did not help</source>
        <translation>Was andere wissen, hat nicht geholfen</translation>
    </message>
    <message>
        <source>What was just taught did not help</source>
        <translation>Das eben Gezeigte hat nicht geholfen</translation>
    </message>
</context>
<context>
    <name>LearningStrip</name>
    <message>
        <source>What there is to say just now</source>
        <translation>Was gerade zu sagen ist</translation>
    </message>
    <message>
        <source>How well it does</source>
        <translation>Wie gut es ist</translation>
    </message>
    <message>
        <source>Forgetting</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>How many samples the project has, and how many still wait to be learned</source>
        <translation>Wie viele Bilder das Projekt hat und wie viele noch aufs Lernen warten</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
</context>
<context>
    <name>LiveAnswer</name>
    <message>
        <source>What is seen now</source>
        <translation>Was jetzt zu sehen ist</translation>
    </message>
    <message>
        <source>What the camera sees now, and what it is taken for. This is what actions wait for.</source>
        <translation>Was die Kamera jetzt sieht und wofür es gehalten wird. Darauf warten Aktionen.</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>Es gibt kein Bild.</translation>
    </message>
    <message>
        <source>Teach it two things first: then you see here what it takes them for.</source>
        <translation>Bring ihm zuerst zwei Dinge bei: Dann siehst du hier, wofür es sie hält.</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>{name}   {percent}</source>
        <translation>{name}   {percent}</translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Choose the CSV file that lines are added to</source>
        <translation>Die CSV-Datei wählen, an die Zeilen angehängt werden</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Each line has the time, the class, how sure it was (0 to 1), and the version that said so.</source>
        <translation>Jede Zeile hat Zeit, Klasse, wie sicher es war (0 bis 1), und die Version, die es sagte.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Choose a file for the log</source>
        <translation>Datei für das Protokoll wählen</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>No file is chosen yet.</source>
        <translation>Noch keine Datei gewählt.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{project} – Showtell</source>
        <translation>{project} – Showtell</translation>
    </message>
    <message>
        <source>Other programs can no longer ask: the other project was closed</source>
        <translation>Andere Programme können nicht mehr fragen: Das andere Projekt wurde geschlossen</translation>
    </message>
</context>
<context>
    <name>Mending</name>
    <message>
        <source>Saving what can be read</source>
        <translation>Gerettet wird, was lesbar ist</translation>
    </message>
    <message>
        <source>{project} is read page by page. The file itself stays as it is.</source>
        <translation>{project} wird Seite für Seite gelesen. Die Datei selbst bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Putting back the backup</source>
        <translation>Die Sicherung wird zurückgeholt</translation>
    </message>
    <message>
        <source>What is there now is set aside beside it, and stays as it is.</source>
        <translation>Was jetzt da ist, wird daneben beiseitegelegt und bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Copying the backup</source>
        <translation>Die Sicherung wird kopiert</translation>
    </message>
    <message>
        <source>It becomes a project of its own: {project}.</source>
        <translation>Sie wird ein eigenes Projekt: {project}.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Give it up; nothing has changed yet</source>
        <translation>Es aufgeben; noch ist nichts verändert</translation>
    </message>
    <message>
        <source>Show its folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Look at the file in its folder</source>
        <translation>Die Datei in ihrem Ordner ansehen</translation>
    </message>
    <message>
        <source>Put back the backup of {moment}</source>
        <translation>Sicherung von {moment} zurückholen</translation>
    </message>
    <message>
        <source>Use that copy; what was saved is set aside and stays as it is</source>
        <translation>Diese Kopie verwenden; was gerettet wurde, wird beiseitegelegt und bleibt, wie es ist</translation>
    </message>
    <message>
        <source>What could be read was saved</source>
        <translation>Was lesbar war, ist gerettet</translation>
    </message>
    <message>
        <source>{project} is open again, with {samples}.</source>
        <translation>{project} ist wieder offen, mit {samples}.</translation>
    </message>
    <message>
        <source>Lost: {samples}.</source>
        <translation>Verloren: {samples}.</translation>
    </message>
    <message>
        <source>No sample is known to be lost.</source>
        <translation>Soweit bekannt, ging kein Bild verloren.</translation>
    </message>
    <message>
        <source>Classes whose names were lost are called “recovered”.</source>
        <translation>Klassen, deren Namen verloren sind, heißen „recovered“.</translation>
    </message>
    <message>
        <source>The damaged file lies beside it, as {name}.</source>
        <translation>Die beschädigte Datei liegt daneben, als {name}.</translation>
    </message>
    <message>
        <source>If a backup has more, it can be put back.</source>
        <translation>Hat eine Sicherung mehr, lässt sie sich zurückholen.</translation>
    </message>
    <message>
        <source>{project} is now the backup of {moment}, with {samples}.</source>
        <translation>{project} ist jetzt die Sicherung von {moment}, mit {samples}.</translation>
    </message>
    <message>
        <source>What was there before lies beside it, as {name}.</source>
        <translation>Was vorher da war, liegt daneben, als {name}.</translation>
    </message>
    <message>
        <source>The backup is in its place</source>
        <translation>Die Sicherung ist an ihrem Platz</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Pause learning</source>
        <translation>Lernen anhalten</translation>
    </message>
    <message>
        <source>Go over everything now</source>
        <translation>Jetzt alles durchgehen</translation>
    </message>
    <message>
        <source>Consolidate now</source>
        <translation>Jetzt konsolidieren</translation>
    </message>
    <message>
        <source>Give up consolidation</source>
        <translation>Konsolidieren aufgeben</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>Neues Projekt …</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>Projekt öffnen …</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Dateien importieren …</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>Ordner importieren …</translation>
    </message>
    <message>
        <source>Backups…</source>
        <translation>Sicherungen …</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Keep the backbone in use, and give up the other one</source>
        <translation>Das Grundmodell behalten, das in Gebrauch ist, und das andere aufgeben</translation>
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
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Keys of this room</source>
        <translation>Tasten dieses Raums</translation>
    </message>
    <message>
        <source>About Showtell</source>
        <translation>Über Showtell</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
    <message>
        <source>Clip…</source>
        <translation>Video …</translation>
    </message>
    <message>
        <source>Folder of pictures…</source>
        <translation>Bilderordner …</translation>
    </message>
    <message>
        <source>Address of a phone…</source>
        <translation>Adresse eines Handys …</translation>
    </message>
    <message>
        <source>Demo scene</source>
        <translation>Demoszene</translation>
    </message>
</context>
<context>
    <name>MessagePanel</name>
    <message>
        <source>How far it is</source>
        <translation>Wie weit es ist</translation>
    </message>
</context>
<context>
    <name>MixUps</name>
    <message>
        <source>What it takes for what</source>
        <translation>Was es wofür hält</translation>
    </message>
    <message>
        <source>One row for each thing shown, counted in looks: pictures that show the same count once.</source>
        <translation>Eine Zeile für jedes gezeigte Ding, gezählt in Ansichten: Bilder, die dasselbe zeigen, zählen einmal.</translation>
    </message>
    <message>
        <source>What is mixed up shows once recordings of two things are kept aside.</source>
        <translation>Was verwechselt wird, zeigt sich, sobald Aufnahmen von zwei Dingen zurückgelegt sind.</translation>
    </message>
</context>
<context>
    <name>ModelSays</name>
    <message>
        <source>Looks like these</source>
        <translation>Sieht aus wie diese</translation>
    </message>
    <message>
        <source>The model says</source>
        <translation>Das Modell sagt</translation>
    </message>
    <message>
        <source>The model has not looked at this sample yet.</source>
        <translation>Das Modell hat dieses Bild noch nicht angesehen.</translation>
    </message>
    <message>
        <source>Nothing has been learned yet.</source>
        <translation>Noch ist nichts gelernt.</translation>
    </message>
    <message>
        <source>Unknown: it looks like nothing that was taught. This is the nearest guess.</source>
        <translation>Unbekannt: Es sieht aus wie nichts, was es gelernt hat. Das hier kommt am nächsten.</translation>
    </message>
    <message>
        <source>Measured without having learned from this recording, it says {name}.</source>
        <translation>Gemessen, ohne aus dieser Aufnahme gelernt zu haben, sagt es {name}.</translation>
    </message>
    <message>
        <source>It has learned from this very sample, so it ought to know.</source>
        <translation>Aus genau diesem Bild hat es gelernt, also sollte es das wissen.</translation>
    </message>
</context>
<context>
    <name>Naming</name>
    <message>
        <source>Hold {key} to record it.</source>
        <translation>Halte {key}, um es aufzunehmen.</translation>
    </message>
    <message>
        <source>Hold its button to record it.</source>
        <translation>Halte den Knopf der Klasse, um es aufzunehmen.</translation>
    </message>
    <message>
        <source>{name} is there.</source>
        <translation>{name} ist da.</translation>
    </message>
</context>
<context>
    <name>Neighbours</name>
    <message>
        <source>without a label</source>
        <translation>ohne Klasse</translation>
    </message>
    <message>
        <source>{name}, {share} alike</source>
        <translation>{name}, {share} ähnlich</translation>
    </message>
    <message>
        <source>{sample}: show this sample</source>
        <translation>{sample}: dieses Bild zeigen</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Choose what to set</source>
        <translation>Wählen, was du einstellen willst</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privates</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Close Showtell and start it again with this project; nothing is lost</source>
        <translation>Showtell schließen und mit diesem Projekt neu starten; nichts geht verloren</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark writing on light</source>
        <translation>Dunkle Schrift auf hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light writing on dark</source>
        <translation>Helle Schrift auf dunkel</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Change with the system&apos;s setting</source>
        <translation>Mit der Einstellung des Systems wechseln</translation>
    </message>
    <message>
        <source>Show everything at {scale} of its size</source>
        <translation>Alles in {scale} der Größe zeigen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Pictures fly to where they are kept</source>
        <translation>Bilder fliegen dorthin, wo sie bleiben</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Nothing moves but the camera&apos;s picture</source>
        <translation>Nichts bewegt sich außer dem Kamerabild</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Töne</translation>
    </message>
    <message>
        <source>Soft sounds say that something is kept, or learned</source>
        <translation>Leise Töne sagen, dass etwas behalten oder gelernt ist</translation>
    </message>
    <message>
        <source>No sounds</source>
        <translation>Keine Töne</translation>
    </message>
    <message>
        <source>The system&apos;s language, where Showtell speaks it</source>
        <translation>Die Sprache des Systems, wenn Showtell sie spricht</translation>
    </message>
    <message>
        <source>Consolidate by itself</source>
        <translation>Von selbst konsolidieren</translation>
    </message>
    <message>
        <source>Consolidate when the computer has nothing else to do</source>
        <translation>Konsolidieren, wenn der Computer sonst nichts zu tun hat</translation>
    </message>
    <message>
        <source>Consolidate only when you ask for it</source>
        <translation>Nur konsolidieren, wenn du es willst</translation>
    </message>
    <message>
        <source>Where it learns</source>
        <translation>Wo es lernt</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>On the CPU; consolidation on a graphics card that works</source>
        <translation>Auf der CPU; konsolidiert wird auf einer Grafikkarte, die funktioniert</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>On the CPU, even if there is a graphics card</source>
        <translation>Auf der CPU, auch wenn es eine Grafikkarte gibt</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>On the graphics card and nowhere else</source>
        <translation>Auf der Grafikkarte und sonst nirgends</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>Größe von allem</translation>
    </message>
    <message>
        <source>Holds from the next start on.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Shows where a picture goes when it is kept.</source>
        <translation>Zeigt, wohin ein Bild kommt, wenn es behalten wird.</translation>
    </message>
    <message>
        <source>Say that something is kept, or learned.</source>
        <translation>Sagen, dass etwas behalten oder gelernt ist.</translation>
    </message>
    <message>
        <source>The colours of the classes can be told apart with any kind of colour vision, and each has its letter or number beside it.</source>
        <translation>Die Farben der Klassen lassen sich mit jeder Art des Farbensehens unterscheiden, und neben jeder steht ihr Buchstabe oder ihre Nummer.</translation>
    </message>
    <message>
        <source>Words on screen</source>
        <translation>Sprache der Texte</translation>
    </message>
    <message>
        <source>When the computer has nothing else to do. Consolidating fine-tunes what the model sees with on your own pictures; it is kept only if it is better.</source>
        <translation>Wenn der Computer sonst nichts zu tun hat. Beim Konsolidieren wird das, womit das Modell sieht, an deinen eigenen Bildern fein abgestimmt; behalten wird es nur, wenn es besser ist.</translation>
    </message>
    <message>
        <source>Copies of a project are kept by themselves: one a day while something changes, and one before every big change. Of the last twelve days, ten weeks and nine months, the newest of each stays.</source>
        <translation>Kopien eines Projekts entstehen von selbst: eine am Tag, solange sich etwas ändert, und eine vor jeder großen Änderung. Von den letzten zwölf Tagen, zehn Wochen und neun Monaten bleibt jeweils die neueste.</translation>
    </message>
    <message>
        <source>Show the log&apos;s folder</source>
        <translation>Protokollordner zeigen</translation>
    </message>
    <message>
        <source>Look at what Showtell has written down</source>
        <translation>Ansehen, was Showtell aufgeschrieben hat</translation>
    </message>
    <message>
        <source>Pictures, names and what was learned from them stay in your project files on this computer. There is no account and no server.</source>
        <translation>Bilder, Namen und das daraus Gelernte bleiben in deinen Projektdateien auf diesem Computer. Es gibt kein Konto und keinen Server.</translation>
    </message>
    <message>
        <source>Showtell uses the network only when you ask it to: for the picture of a phone whose address you typed in.</source>
        <translation>Showtell benutzt das Netz nur, wenn du es verlangst: für das Bild eines Handys, dessen Adresse du eingegeben hast.</translation>
    </message>
    <message>
        <source>Faults are written to a log on this computer. Nothing of it is sent by itself; a report is a text file that you can read, and send or not.</source>
        <translation>Fehler kommen in ein Protokoll auf diesem Computer. Nichts davon wird von selbst verschickt; ein Bericht ist eine Textdatei, die du lesen und verschicken kannst oder nicht.</translation>
    </message>
    <message>
        <source>Size, language and where it learns change when Showtell starts again.</source>
        <translation>Größe, Sprache und wo es lernt, ändern sich, wenn Showtell neu startet.</translation>
    </message>
</context>
<context>
    <name>ProjectTroubles</name>
    <message>
        <source>{project} cannot be read in full any more. What can be read of it can be saved into a new project. The file itself stays as it is.</source>
        <translation>{project} lässt sich nicht mehr vollständig lesen. Was davon lesbar ist, lässt sich in ein neues Projekt retten. Die Datei selbst bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Anderen Ordner wählen</translation>
    </message>
    <message>
        <source>Go to the preferences of the backups</source>
        <translation>Zu den Einstellungen der Sicherungen gehen</translation>
    </message>
    <message>
        <source>{why} Everything else goes on.</source>
        <translation>{why} Alles andere geht weiter.</translation>
    </message>
    <message>
        <source>The backup was not made</source>
        <translation>Die Sicherung wurde nicht gemacht</translation>
    </message>
</context>
<context>
    <name>QuestionPanel</name>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>The picture that is asked about</source>
        <translation>Das Bild, nach dem gefragt wird</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>Was ist das?</translation>
    </message>
    <message>
        <source>Not now (Esc)</source>
        <translation>Nicht jetzt (Esc)</translation>
    </message>
    <message>
        <source>Let the question go (Esc)</source>
        <translation>Die Frage fallen lassen (Esc)</translation>
    </message>
    <message>
        <source>Something new (N)</source>
        <translation>Etwas Neues (N)</translation>
    </message>
    <message>
        <source>Name something that was not taught yet (N)</source>
        <translation>Etwas benennen, das noch nicht gezeigt wurde (N)</translation>
    </message>
    <message>
        <source>It is {name}</source>
        <translation>Es ist {name}</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>RecallBar</name>
    <message>
        <source>How much of {name} it finds is not measurable yet</source>
        <translation>Wie viel es von {name} erkennt, ist noch nicht messbar</translation>
    </message>
    <message>
        <source>It finds all held-out recordings of {name}</source>
        <translation>Es erkennt alle zurückgelegten Aufnahmen von {name}</translation>
    </message>
    <message>
        <source>It finds no held-out recording of {name}</source>
        <translation>Es erkennt keine zurückgelegte Aufnahme von {name}</translation>
    </message>
    <message>
        <source>It finds {count} in 10 held-out recordings of {name}</source>
        <translation>Es erkennt {count} von 10 zurückgelegten Aufnahmen von {name}</translation>
    </message>
</context>
<context>
    <name>RecentButton</name>
    <message>
        <source>Open {project}</source>
        <translation>{project} öffnen</translation>
    </message>
</context>
<context>
    <name>RecordSettings</name>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Choose what the picture comes from</source>
        <translation>Wählen, woher das Bild kommt</translation>
    </message>
    <message>
        <source>Size of the picture</source>
        <translation>Größe des Bildes</translation>
    </message>
    <message>
        <source>Ask the camera for pictures of this size; it may give others. Samples are kept 512 pixels wide.</source>
        <translation>Von der Kamera Bilder dieser Größe verlangen; vielleicht gibt sie andere. Behalten werden Bilder mit 512 Pixeln Breite.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>How near to look: only the bright square is learned from</source>
        <translation>Wie nah hinsehen: Gelernt wird nur aus dem hellen Quadrat</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Put the square back</source>
        <translation>Das Quadrat zurücksetzen</translation>
    </message>
    <message>
        <source>Put the bright square back into the middle, as large as it can be.
Drag it in the picture to move it, or move it with the arrow keys when the picture has the focus.</source>
        <translation>Das helle Quadrat wieder in die Mitte setzen, so groß es geht.
Zieh es im Bild, um es zu verschieben, oder nimm die Pfeiltasten, wenn das Bild den Fokus hat.</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>How many pictures a second are recorded</source>
        <translation>Wie viele Bilder pro Sekunde aufgenommen werden</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ohne</translation>
    </message>
    <message>
        <source>Countdown</source>
        <translation>Countdown</translation>
    </message>
    <message>
        <source>How long after the key is pressed recording begins; one press is enough, another one ends it</source>
        <translation>Wie lange nach dem Tastendruck die Aufnahme beginnt; ein Druck genügt, ein zweiter beendet sie</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>How many pictures a recording has: as many as come while the key is held, or so many by itself</source>
        <translation>Wie viele Bilder eine Aufnahme hat: so viele, wie kommen, solange du die Taste hältst, oder so viele von selbst</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Show the picture as in a mirror. What is learned stays as the camera sees it.</source>
        <translation>Das Bild wie im Spiegel zeigen. Gelernt wird, was die Kamera sieht.</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Play a sound when something was recorded and when it was learned</source>
        <translation>Einen Ton spielen, wenn etwas aufgenommen und wenn es gelernt ist</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Nachfragen</translation>
    </message>
    <message>
        <source>Ask “What is this?” when something is held still that the model does not know</source>
        <translation>„Was ist das?“ fragen, wenn etwas stillgehalten wird, das das Modell nicht kennt</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
    <message>
        <source>Demo scene</source>
        <translation>Demoszene</translation>
    </message>
    <message>
        <source>Clip…</source>
        <translation>Video …</translation>
    </message>
    <message>
        <source>Folder of pictures…</source>
        <translation>Bilderordner …</translation>
    </message>
    <message>
        <source>Address of a phone…</source>
        <translation>Adresse eines Handys …</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>Kamera {number}</translation>
    </message>
    <message>
        <source>Choose what the picture comes from; now: {name}</source>
        <translation>Wählen, woher das Bild kommt; jetzt: {name}</translation>
    </message>
    <message>
        <source>As the camera likes</source>
        <translation>Wie die Kamera mag</translation>
    </message>
    <message>
        <source>{rate} a second</source>
        <translation>{rate} pro s</translation>
    </message>
</context>
<context>
    <name>ReviewHeader</name>
    <message>
        <source>Clear the filters</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Show all samples again</source>
        <translation>Wieder alle Bilder zeigen</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>In which order the samples are shown</source>
        <translation>In welcher Reihenfolge die Bilder gezeigt werden</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Größe der Bilder</translation>
    </message>
    <message>
        <source>Size of the pictures (+ and −, or Ctrl and the wheel)</source>
        <translation>Größe der Bilder (+ und − oder Strg und das Rad)</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>What was done, to go back to any of it</source>
        <translation>Was getan wurde, um dahin zurückzugehen</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Unsicherste zuerst</translation>
    </message>
    <message>
        <source>By recording</source>
        <translation>Nach Aufnahme</translation>
    </message>
    <message>
        <source>Order: {order}</source>
        <translation>Reihenfolge: {order}</translation>
    </message>
</context>
<context>
    <name>ReviewRoom</name>
    <message>
        <source>No class has the key {key}.</source>
        <translation>Keine Klasse hat die Taste {key}.</translation>
    </message>
    <message>
        <source>Relabel what is picked</source>
        <translation>Gewähltes zuordnen</translation>
    </message>
    <message>
        <source>It shows what the other recordings would call it</source>
        <translation>Es zeigt, was die anderen Aufnahmen sagen würden</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>See the sample larger, or as before</source>
        <translation>Das Bild größer sehen oder wie vorher</translation>
    </message>
    <message>
        <source>Arrows, Home, End, Page</source>
        <translation>Pfeile, Pos1, Ende, Bild</translation>
    </message>
    <message>
        <source>Move; with Shift, select all on the way</source>
        <translation>Gehen; mit Umschalt alles auf dem Weg wählen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Select one more, or one less</source>
        <translation>Eins mehr wählen oder eins weniger</translation>
    </message>
    <message>
        <source>Ctrl+A, Esc</source>
        <translation>Strg+A, Esc</translation>
    </message>
    <message>
        <source>Select all, or nothing</source>
        <translation>Alles wählen oder nichts</translation>
    </message>
    <message>
        <source>Larger or smaller pictures</source>
        <translation>Größere oder kleinere Bilder</translation>
    </message>
    <message>
        <source>{count} of {total}</source>
        <translation>{count} von {total}</translation>
    </message>
    <message>
        <source>No sample fits</source>
        <translation>Kein Bild passt</translation>
    </message>
    <message>
        <source>There are samples, but none that is all of this at once.</source>
        <translation>Es gibt Bilder, aber keines, das alles zugleich ist.</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Show all samples again</source>
        <translation>Wieder alle Bilder zeigen</translation>
    </message>
    <message>
        <source>Nothing recorded yet</source>
        <translation>Noch nichts aufgenommen</translation>
    </message>
    <message>
        <source>Go to Teach (Ctrl+1), name what you show, and hold its key for two seconds.</source>
        <translation>Geh zu Zeigen (Strg+1), benenne, was du zeigst, und halte seine Taste zwei Sekunden.</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>Looks alike</source>
        <translation>Sieht ähnlich aus</translation>
    </message>
</context>
<context>
    <name>SampleGrid</name>
    <message>
        <source>Arrow keys move, Shift extends, Ctrl+A selects all, Space one more, Enter shows a sample larger</source>
        <translation>Pfeiltasten gehen, Umschalt erweitert, Strg+A wählt alles, Leertaste eins mehr, Enter zeigt ein Bild größer</translation>
    </message>
    <message>
        <source>Scroll through the samples</source>
        <translation>Durch die Bilder rollen</translation>
    </message>
    <message>
        <source>without a label</source>
        <translation>ohne Klasse</translation>
    </message>
    <message>
        <source>recording of {when}</source>
        <translation>Aufnahme: {when}</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>zurückgelegt</translation>
    </message>
    <message>
        <source>may have the wrong label</source>
        <translation>vielleicht falsch zugeordnet</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>{sample}, {number} of {count}</source>
        <translation>{sample}, {number} von {count}</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>SampleMap</name>
    <message>
        <source>Map of the samples</source>
        <translation>Karte der Bilder</translation>
    </message>
    <message>
        <source>What looks alike lies together. Draw around points to see them, zoom with the wheel (+, −, 0)</source>
        <translation>Was ähnlich aussieht, liegt beisammen. Umfahr Punkte, um sie zu sehen, zoome mit dem Rad (+, −, 0)</translation>
    </message>
    <message>
        <source>What looks alike to it</source>
        <translation>Was ihm ähnlich vorkommt</translation>
    </message>
    <message>
        <source>Finer map</source>
        <translation>Feinere Karte</translation>
    </message>
    <message>
        <source>Draw the map with more care; that takes a while</source>
        <translation>Die Karte sorgfältiger zeichnen; das dauert eine Weile</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>Ganze Karte</translation>
    </message>
    <message>
        <source>Show all of the map again (0)</source>
        <translation>Wieder die ganze Karte zeigen (0)</translation>
    </message>
    <message>
        <source>A finer map needs an addition: install showtell[map], and start again.</source>
        <translation>Eine feinere Karte braucht einen Zusatz: installier showtell[map] und starte neu.</translation>
    </message>
    <message>
        <source>There is nothing to draw yet: record a few things first.</source>
        <translation>Noch gibt es nichts zu zeichnen: nimm zuerst ein paar Dinge auf.</translation>
    </message>
    <message>
        <source>The map is being drawn…</source>
        <translation>Die Karte wird gezeichnet …</translation>
    </message>
    <message>
        <source>A finer map is being drawn; with many samples that takes a minute or two.</source>
        <translation>Eine feinere Karte wird gezeichnet; bei vielen Bildern dauert das ein, zwei Minuten.</translation>
    </message>
    <message>
        <source>One mark a sample; those that are kept aside to measure with are ringed.</source>
        <translation>Ein Zeichen je Bild; wer zum Messen zurückgelegt ist, hat einen Ring.</translation>
    </message>
    <message>
        <source>{drawn} of {all} are drawn; a line around them takes in all.</source>
        <translation>{drawn} von {all} sind gezeichnet; eine Linie darum fasst alle.</translation>
    </message>
    <message>
        <source>1 sample from the map</source>
        <translation>1 Bild von der Karte</translation>
    </message>
    <message>
        <source>{count} samples from the map</source>
        <translation>{count} Bilder von der Karte</translation>
    </message>
    <message>
        <source>kept aside, recognised</source>
        <translation>zurückgelegt, erkannt</translation>
    </message>
    <message>
        <source>kept aside, taken for {name}</source>
        <translation>zurückgelegt, für {name} gehalten</translation>
    </message>
</context>
<context>
    <name>SamplePreview</name>
    <message>
        <source>The sample before</source>
        <translation>Das Bild davor</translation>
    </message>
    <message>
        <source>The next sample</source>
        <translation>Das nächste Bild</translation>
    </message>
    <message>
        <source>Sample before</source>
        <translation>Bild davor</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Larger, or as it was (Enter)</source>
        <translation>Größer oder wie vorher (Enter)</translation>
    </message>
    <message>
        <source>Pick a sample to see what the model makes of it.</source>
        <translation>Wähl ein Bild, um zu sehen, was das Modell davon hält.</translation>
    </message>
    <message>
        <source>Show the whole recording</source>
        <translation>Ganze Aufnahme zeigen</translation>
    </message>
    <message>
        <source>Show the whole recording, and only that</source>
        <translation>Die ganze Aufnahme zeigen und nur sie</translation>
    </message>
    <message>
        <source>Without a label</source>
        <translation>Ohne Klasse</translation>
    </message>
    <message>
        <source>Sample: {name}</source>
        <translation>Bild: {name}</translation>
    </message>
    <message>
        <source>Recorded {when}, from {source}</source>
        <translation>Aufgenommen {when}, von: {source}</translation>
    </message>
    <message>
        <source>Recorded {when}</source>
        <translation>Aufgenommen {when}</translation>
    </message>
    <message>
        <source>It is held out: measured with, and not learned from.</source>
        <translation>Zurückgelegt: damit wird gemessen, nicht daraus gelernt.</translation>
    </message>
    <message>
        <source>Not learned yet.</source>
        <translation>Noch nicht gelernt.</translation>
    </message>
    <message>
        <source>Learned {when}: {reason}.</source>
        <translation>Gelernt {when}: {reason}.</translation>
    </message>
    <message>
        <source>Learned.</source>
        <translation>Gelernt.</translation>
    </message>
    <message>
        <source>Deleted: nothing is learned from it.</source>
        <translation>Gelöscht: daraus wird nichts gelernt.</translation>
    </message>
    <message>
        <source>It looks nearly the same as an earlier one of its recording.</source>
        <translation>Es sieht fast so aus wie ein früheres seiner Aufnahme.</translation>
    </message>
    <message>
        <source>The other recordings would call this {name}.</source>
        <translation>Nach den anderen Aufnahmen wäre das {name}.</translation>
    </message>
    <message>
        <source>Relabel as {name}</source>
        <translation>Zu {name} zuordnen</translation>
    </message>
    <message>
        <source>It shows {name} (Y)</source>
        <translation>Es zeigt {name} (Y)</translation>
    </message>
</context>
<context>
    <name>ScreenPage</name>
    <message>
        <source>What it says, for instance: Door open</source>
        <translation>Was da steht, zum Beispiel: Tür offen</translation>
    </message>
    <message>
        <source>Text on the screen</source>
        <translation>Text auf dem Bildschirm</translation>
    </message>
    <message>
        <source>What the screen says, as large as it can; it may be empty</source>
        <translation>Was der Bildschirm sagt, so groß es geht; darf leer sein</translation>
    </message>
    <message>
        <source>until it is gone</source>
        <translation>bis es weg ist</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>For how long the screen is filled; Esc or a click frees it before</source>
        <translation>Wie lange der Bildschirm gefüllt ist; Esc oder ein Klick gibt ihn vorher frei</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Colour {number}</source>
        <translation>Farbe {number}</translation>
    </message>
</context>
<context>
    <name>ScriptCard</name>
    <message>
        <source>In a script</source>
        <translation>In einem Skript</translation>
    </message>
    <message>
        <source>For who writes programs: ask the model about a picture, on this computer, without this window.</source>
        <translation>Für alle, die Programme schreiben: das Modell nach einem Bild fragen, auf diesem Computer, ohne dieses Fenster.</translation>
    </message>
    <message>
        <source>On the command line</source>
        <translation>Auf der Befehlszeile</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>In Python</source>
        <translation>In Python</translation>
    </message>
    <message>
        <source>Copy the lines of Python</source>
        <translation>Python-Zeilen kopieren</translation>
    </message>
</context>
<context>
    <name>ServeCard</name>
    <message>
        <source>Let other programs ask</source>
        <translation>Andere Programme fragen lassen</translation>
    </message>
    <message>
        <source>For programs and browsers on this computer: they send a picture and get the answer, or teach it something, while this project is open.</source>
        <translation>Für Programme und Browser auf diesem Computer: Sie schicken ein Bild und bekommen die Antwort oder bringen ihm etwas bei, solange dieses Projekt offen ist.</translation>
    </message>
    <message>
        <source>Address, with the key</source>
        <translation>Adresse mit dem Schlüssel</translation>
    </message>
    <message>
        <source>Copy the address with the key</source>
        <translation>Die Adresse mit dem Schlüssel kopieren</translation>
    </message>
    <message>
        <source>From a program</source>
        <translation>Aus einem Programm</translation>
    </message>
    <message>
        <source>Copy the command that asks</source>
        <translation>Den Befehl kopieren, der fragt</translation>
    </message>
    <message>
        <source>To install it</source>
        <translation>Zum Installieren</translation>
    </message>
    <message>
        <source>Copy the command that installs it</source>
        <translation>Den Befehl zum Installieren kopieren</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Let programs on this computer ask, until you stop it or close the project</source>
        <translation>Programme auf diesem Computer fragen lassen, bis du es anhältst oder das Projekt schließt</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Show in the browser what the camera sees, and what it is taken for</source>
        <translation>Im Browser zeigen, was die Kamera sieht und wofür es gehalten wird</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Let no other program ask any more</source>
        <translation>Kein anderes Programm mehr fragen lassen</translation>
    </message>
    <message>
        <source>{act}: let other programs ask</source>
        <translation>{act}: andere Programme fragen lassen</translation>
    </message>
    <message>
        <source>On. Only programs on this computer reach it, and only those that bring the key; nothing leaves this computer. A new start makes a new key.</source>
        <translation>Ein. Nur Programme auf diesem Computer erreichen es, und nur solche, die den Schlüssel mitbringen; nichts verlässt diesen Computer. Ein neuer Start macht einen neuen Schlüssel.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>What it takes is not installed here. Install it, and start Showtell again.</source>
        <translation>Was es dafür braucht, ist hier nicht installiert. Installier es und starte Showtell neu.</translation>
    </message>
    <message>
        <source>Off. Nobody can ask.</source>
        <translation>Aus. Niemand kann fragen.</translation>
    </message>
    <message>
        <source>Answered for 1 picture, took in {samples}.</source>
        <translation>Zu 1 Bild geantwortet, {samples} dazubekommen.</translation>
    </message>
    <message>
        <source>Answered for {count} pictures, took in {samples}.</source>
        <translation>Zu {count} Bildern geantwortet, {samples} dazubekommen.</translation>
    </message>
</context>
<context>
    <name>ServingButton</name>
    <message>
        <source>Other programs on this computer can ask</source>
        <translation>Andere Programme auf diesem Computer können fragen</translation>
    </message>
    <message>
        <source>{words}: look at it in Use</source>
        <translation>{words}: unter Nutzen ansehen</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>No project is open.</source>
        <translation>Es ist kein Projekt offen.</translation>
    </message>
    <message>
        <source>Open one, or make a new one, first.</source>
        <translation>Öffne zuerst eins oder leg ein neues an.</translation>
    </message>
    <message>
        <source>There is no project</source>
        <translation>Es gibt kein Projekt</translation>
    </message>
    <message>
        <source>new class {name}</source>
        <translation>neue Klasse {name}</translation>
    </message>
    <message>
        <source>rename {name}</source>
        <translation>{name} umbenennen</translation>
    </message>
    <message>
        <source>recolour {name}</source>
        <translation>{name} umfärben</translation>
    </message>
    <message>
        <source>undo {act}</source>
        <translation>rückgängig: {act}</translation>
    </message>
    <message>
        <source>redo {act}</source>
        <translation>wiederholt: {act}</translation>
    </message>
    <message>
        <source>remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>removed {name}</source>
        <translation>{name} entfernt</translation>
    </message>
    <message>
        <source>key of {name}</source>
        <translation>Taste von {name}</translation>
    </message>
    <message>
        <source>move {name}</source>
        <translation>{name} verschieben</translation>
    </message>
    <message>
        <source>relabel {samples} as {name}</source>
        <translation>{samples} zu {name} zuordnen</translation>
    </message>
    <message>
        <source>delete {samples}</source>
        <translation>{samples} löschen</translation>
    </message>
    <message>
        <source>bring back {samples}</source>
        <translation>{samples} zurückholen</translation>
    </message>
    <message>
        <source>hold out {samples}</source>
        <translation>{samples} zurücklegen</translation>
    </message>
    <message>
        <source>learn from {samples}</source>
        <translation>aus {samples} lernen</translation>
    </message>
    <message>
        <source>limit of unknown</source>
        <translation>Grenze für unbekannt</translation>
    </message>
    <message>
        <source>record {name} ({count})</source>
        <translation>{name} aufnehmen ({count})</translation>
    </message>
    <message>
        <source>recorded {name}</source>
        <translation>{name} aufgenommen</translation>
    </message>
    <message>
        <source>{count} classes</source>
        <translation>{count} Klassen</translation>
    </message>
    <message>
        <source>add {samples} to {name}</source>
        <translation>{samples} zu {name} hinzufügen</translation>
    </message>
    <message>
        <source>add {samples} without a class</source>
        <translation>{samples} ohne Klasse hinzufügen</translation>
    </message>
    <message>
        <source>added to {name}</source>
        <translation>zu {name} hinzugefügt</translation>
    </message>
    <message>
        <source>learned what has changed</source>
        <translation>Änderungen gelernt</translation>
    </message>
    <message>
        <source>learned: {name} (+{count})</source>
        <translation>gelernt: {name} (+{count})</translation>
    </message>
</context>
<context>
    <name>SessionActs</name>
    <message>
        <source>The learner stopped several times in a row.</source>
        <translation>Der Lerner ist mehrmals hintereinander stehen geblieben.</translation>
    </message>
    <message>
        <source>Your samples are safe, and recording still works.</source>
        <translation>Deine Bilder sind sicher, und Aufnehmen geht weiterhin.</translation>
    </message>
    <message>
        <source>Learning is paused</source>
        <translation>Das Lernen steht</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Start the learner again</source>
        <translation>Den Lerner neu starten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo {act}</source>
        <translation>Rückgängig: {act}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Redo {act}</source>
        <translation>Wiederholen: {act}</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>gewünscht</translation>
    </message>
</context>
<context>
    <name>ShareRows</name>
    <message>
        <source>What the model says about this picture, most likely first</source>
        <translation>Was das Modell zu diesem Bild sagt, das Wahrscheinlichste zuerst</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Go to Teach</source>
        <translation>Zu Zeigen</translation>
    </message>
    <message>
        <source>Go to Review</source>
        <translation>Zu Durchsehen</translation>
    </message>
    <message>
        <source>Go to Insight</source>
        <translation>Zu Einblick</translation>
    </message>
    <message>
        <source>Go to Use</source>
        <translation>Zu Nutzen</translation>
    </message>
    <message>
        <source>Take back the last act</source>
        <translation>Das Letzte zurücknehmen</translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation>Es wieder tun</translation>
    </message>
    <message>
        <source>Pause learning, or go on</source>
        <translation>Lernen anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Show the keys of the room</source>
        <translation>Tasten des Raums zeigen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>Neue Klasse</translation>
    </message>
    <message>
        <source>The answer is right</source>
        <translation>Die Antwort ist richtig</translation>
    </message>
    <message>
        <source>It is none of these: name what is seen now</source>
        <translation>Nichts davon: benennen, was zu sehen ist</translation>
    </message>
    <message>
        <source>Not now: let the question go</source>
        <translation>Nicht jetzt: die Frage fallen lassen</translation>
    </message>
    <message>
        <source>How to record</source>
        <translation>Wie aufgenommen wird</translation>
    </message>
    <message>
        <source>When to say unknown</source>
        <translation>Wann „unbekannt“</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Sample before</source>
        <translation>Bild davor</translation>
    </message>
    <message>
        <source>Delete what is picked</source>
        <translation>Gewähltes löschen</translation>
    </message>
    <message>
        <source>Hold out what is picked</source>
        <translation>Gewähltes zurücklegen</translation>
    </message>
    <message>
        <source>Relabel it as other recordings suggest</source>
        <translation>Zuordnen, wie andere Aufnahmen sagen</translation>
    </message>
    <message>
        <source>Show where the model looks</source>
        <translation>Zeigen, wohin das Modell schaut</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsehen</translation>
    </message>
    <message>
        <source>Insight</source>
        <translation>Einblick</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this panel (Esc)</source>
        <translation>Dieses Feld schließen (Esc)</translation>
    </message>
</context>
<context>
    <name>SoundPage</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Which sound is played</source>
        <translation>Welcher Ton gespielt wird</translation>
    </message>
    <message>
        <source>A WAV file…</source>
        <translation>Eine WAV-Datei …</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose a WAV file on this computer</source>
        <translation>Eine WAV-Datei auf diesem Computer wählen</translation>
    </message>
    <message>
        <source>Choose a WAV file</source>
        <translation>WAV-Datei wählen</translation>
    </message>
    <message>
        <source>Choose a sound</source>
        <translation>Ton wählen</translation>
    </message>
    <message>
        <source>Sounds (*.wav)</source>
        <translation>Töne (*.wav)</translation>
    </message>
    <message>
        <source>No file is chosen yet.</source>
        <translation>Noch keine Datei gewählt.</translation>
    </message>
</context>
<context>
    <name>StateDetails</name>
    <message>
        <source>The learner</source>
        <translation>Der Lerner</translation>
    </message>
    <message>
        <source>Progress of learning</source>
        <translation>Fortschritt beim Lernen</translation>
    </message>
    <message>
        <source>How well the last batch went: its loss (smaller is better) and how much of it was right.
The batch is made of samples it learns from, so this is no measure of how good the model is.</source>
        <translation>Wie der letzte Stapel lief: sein Verlust (kleiner ist besser) und wie viel davon richtig war.
Der Stapel besteht aus Bildern, aus denen es lernt; ein Maß dafür, wie gut das Modell ist, ist das nicht.</translation>
    </message>
    <message>
        <source>Go on learning</source>
        <translation>Weiterlernen</translation>
    </message>
    <message>
        <source>Pause learning</source>
        <translation>Lernen anhalten</translation>
    </message>
    <message>
        <source>Learn again</source>
        <translation>Wieder lernen</translation>
    </message>
    <message>
        <source>Learn nothing until you say so; answers go on</source>
        <translation>Nichts lernen, bis du es sagst; Antworten gehen weiter</translation>
    </message>
    <message>
        <source>Go over everything</source>
        <translation>Alles durchgehen</translation>
    </message>
    <message>
        <source>Learn everything anew, without waiting for quiet</source>
        <translation>Alles neu lernen, ohne auf Ruhe zu warten</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Keep the backbone in use, and give up the other one</source>
        <translation>Das Grundmodell behalten, das in Gebrauch ist, und das andere aufgeben</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Start the learner again</source>
        <translation>Den Lerner neu starten</translation>
    </message>
</context>
<context>
    <name>StatePill</name>
    <message>
        <source>What the learner is doing, and where; press for more</source>
        <translation>Was der Lerner tut und wo; für mehr drücken</translation>
    </message>
    <message>
        <source>no project</source>
        <translation>kein Projekt</translation>
    </message>
    <message>
        <source>Learner: {state}</source>
        <translation>Lerner: {state}</translation>
    </message>
</context>
<context>
    <name>StepChart</name>
    <message>
        <source>Loss of each step</source>
        <translation>Verlust in jedem Schritt</translation>
    </message>
    <message>
        <source>Share of each batch that was right</source>
        <translation>Wie viel von jedem Stapel richtig war</translation>
    </message>
    <message>
        <source>Loss of each step: how far off its answers were. Smaller is better</source>
        <translation>Verlust in jedem Schritt: wie weit seine Antworten daneben lagen. Kleiner ist besser</translation>
    </message>
    <message>
        <source>How much of each batch was right. It learns from these, so it measures nothing</source>
        <translation>Wie viel von jedem Stapel richtig war. Daraus lernt es, also misst das nichts</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>Schritt für Schritt</translation>
    </message>
    <message>
        <source>While it learns, its steps are drawn here.</source>
        <translation>Während es lernt, erscheinen hier seine Schritte.</translation>
    </message>
    <message>
        <source>Learning: step {number} of {total}</source>
        <translation>Lernt: Schritt {number} von {total}</translation>
    </message>
    <message>
        <source>Last time: {number} steps</source>
        <translation>Letztes Mal: {number} Schritte</translation>
    </message>
    <message>
        <source>loss, smaller is better</source>
        <translation>Verlust, kleiner ist besser</translation>
    </message>
    <message>
        <source>right in the batch it learns from</source>
        <translation>richtig im Stapel, aus dem es lernt</translation>
    </message>
</context>
<context>
    <name>TeachRoom</name>
    <message>
        <source>Hold: record that class. Tap: this picture is one of it</source>
        <translation>Halten: diese Klasse aufnehmen. Tippen: dieses Bild gehört dazu</translation>
    </message>
    <message>
        <source>How to record: camera, square, rate, countdown, length</source>
        <translation>Wie aufgenommen wird: Kamera, Quadrat, Tempo, Countdown, Länge</translation>
    </message>
    <message>
        <source>When to say unknown</source>
        <translation>Wann „unbekannt“</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>It is none of these: name what is seen now</source>
        <translation>Nichts davon: benennen, was zu sehen ist</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down</source>
        <translation>Alt+Hoch, Alt+Runter</translation>
    </message>
    <message>
        <source>Move the class card that has the focus</source>
        <translation>Die Klassenkarte mit dem Fokus verschieben</translation>
    </message>
    <message>
        <source>F2</source>
        <translation>F2</translation>
    </message>
    <message>
        <source>Rename the class card that has the focus</source>
        <translation>Die Klassenkarte mit dem Fokus umbenennen</translation>
    </message>
    <message>
        <source>Arrows, +, −, Home</source>
        <translation>Pfeile, +, −, Pos1</translation>
    </message>
    <message>
        <source>Move and zoom the square, when the picture has the focus</source>
        <translation>Das Quadrat verschieben und zoomen, wenn das Bild den Fokus hat</translation>
    </message>
    <message>
        <source>There is no picture to record.</source>
        <translation>Es gibt kein Bild zum Aufnehmen.</translation>
    </message>
    <message>
        <source>{name}, thank you (+1)</source>
        <translation>{name}, danke (+1)</translation>
    </message>
    <message>
        <source>No class has the key {key} yet. Press N to name one.</source>
        <translation>Noch hat keine Klasse die Taste {key}. Drück N, um eine zu benennen.</translation>
    </message>
    <message>
        <source>There is no answer that could be right.</source>
        <translation>Es gibt keine Antwort, die richtig sein könnte.</translation>
    </message>
    <message>
        <source>{name} confirmed (+1)</source>
        <translation>{name} bestätigt (+1)</translation>
    </message>
    <message>
        <source>I know only one thing so far: {name}. Teach me a second one: press N and name it.</source>
        <translation>Bisher kenne ich nur eins: {name}. Zeig mir ein zweites: drück N und benenne es.</translation>
    </message>
    <message>
        <source>its button</source>
        <translation>den Knopf der Klasse</translation>
    </message>
    <message>
        <source>Show me {name} and hold {key} for two seconds.</source>
        <translation>Zeig mir {name} und halte {key} zwei Sekunden.</translation>
    </message>
    <message>
        <source>Show me something, then press N and tell me what it is.</source>
        <translation>Zeig mir etwas, drück dann N und sag mir, was es ist.</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>1 sample</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>{count} samples</source>
        <translation>{count} Bilder</translation>
    </message>
</context>
<context>
    <name>UndoList</name>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Click one to go back there.</source>
        <translation>Klick etwas an, um dahin zurückzugehen.</translation>
    </message>
    <message>
        <source>The newest is above; what was taken back is grey</source>
        <translation>Das Neueste steht oben; Zurückgenommenes ist grau</translation>
    </message>
    <message>
        <source>as it was opened</source>
        <translation>wie beim Öffnen</translation>
    </message>
    <message>
        <source>{act}, now</source>
        <translation>{act}, jetzt</translation>
    </message>
    <message>
        <source>{act}, taken back</source>
        <translation>{act}, zurückgenommen</translation>
    </message>
</context>
<context>
    <name>UnknownPanel</name>
    <message>
        <source>When to say “unknown”</source>
        <translation>Wann „unbekannt“</translation>
    </message>
    <message>
        <source>When to say unknown</source>
        <translation>Wann „unbekannt“</translation>
    </message>
    <message>
        <source>To the left: cautious, it says “unknown” sooner. To the right: bold, it rather names what is nearest.
The hatched part is called unknown; the mark is what the camera sees now. Undo takes it back.</source>
        <translation>Nach links: vorsichtig, es sagt eher „unbekannt“. Nach rechts: mutig, es nennt lieber das Nächste.
Der schraffierte Teil heißt unbekannt; die Marke ist, was die Kamera jetzt sieht. Rückgängig nimmt es zurück.</translation>
    </message>
    <message>
        <source>cautious</source>
        <translation>vorsichtig</translation>
    </message>
    <message>
        <source>bold</source>
        <translation>mutig</translation>
    </message>
    <message>
        <source>Teach two things, and what the camera sees is marked here.</source>
        <translation>Zeig ihm zwei Dinge, dann ist hier markiert, was die Kamera sieht.</translation>
    </message>
    <message>
        <source>What the camera sees now counts as unknown.</source>
        <translation>Was die Kamera jetzt sieht, gilt als unbekannt.</translation>
    </message>
    <message>
        <source>What the camera sees now counts as known.</source>
        <translation>Was die Kamera jetzt sieht, gilt als bekannt.</translation>
    </message>
    <message>
        <source>What it does to known things is not measured yet: record each thing a few times.</source>
        <translation>Was das bei Bekanntem bewirkt, ist noch nicht gemessen: nimm jedes Ding ein paar Mal auf.</translation>
    </message>
    <message>
        <source>Of the recordings held out to measure with, it would call none unknown by mistake.</source>
        <translation>Von den Aufnahmen, die zum Messen zurückgelegt sind, hielte es keine irrtümlich für unbekannt.</translation>
    </message>
    <message>
        <source>Of 100 recordings of things it knows, it would call {count} unknown by mistake.</source>
        <translation>Von 100 Aufnahmen bekannter Dinge hielte es {count} irrtümlich für unbekannt.</translation>
    </message>
</context>
<context>
    <name>UnknownSlider</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>How good it is</source>
        <translation>Wie gut es ist</translation>
    </message>
    <message>
        <source>Filled: how much of it is found. Outlined: how often its name is right.</source>
        <translation>Gefüllt: wie viel davon erkannt wird. Umrandet: wie oft der Name stimmt.</translation>
    </message>
</context>
<context>
    <name>VersionComparison</name>
    <message>
        <source>Each was measured on the recordings kept aside at its time.</source>
        <translation>Jede wurde an den Aufnahmen gemessen, die zu ihrer Zeit zurückgelegt waren.</translation>
    </message>
    <message>
        <source>Two versions side by side</source>
        <translation>Zwei Versionen nebeneinander</translation>
    </message>
    <message>
        <source>Figures of the two versions, in 100</source>
        <translation>Zahlen der beiden Versionen, von 100</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the comparison</source>
        <translation>Den Vergleich schließen</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>{name}, found</source>
        <translation>{name}, erkannt</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>Version {number}</translation>
    </message>
    <message>
        <source>In 100</source>
        <translation>Von 100</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Unterschied</translation>
    </message>
</context>
<context>
    <name>VersionList</name>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Put this version in use again</source>
        <translation>Diese Version wieder in Gebrauch nehmen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Set two versions, or this one and that in use, side by side</source>
        <translation>Zwei Versionen, oder diese und die in Gebrauch, nebeneinanderstellen</translation>
    </message>
    <message>
        <source>There is no version yet. Every time it learns, there is one more.</source>
        <translation>Noch gibt es keine Version. Jedes Mal, wenn es lernt, kommt eine dazu.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Gemacht</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>Right in 100</source>
        <translation>Richtig von 100</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Versions that are kept</source>
        <translation>Versionen, die da sind</translation>
    </message>
    <message>
        <source>Choose one with the arrow keys or a click, a second one with Ctrl</source>
        <translation>Wähl eine mit den Pfeiltasten oder einem Klick, eine zweite mit Strg</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>festgehalten</translation>
    </message>
    <message>
        <source>{how}, with another backbone</source>
        <translation>{how}, mit einem anderen Grundmodell</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Loslassen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Festhalten</translation>
    </message>
    <message>
        <source>Let this version go when there are many newer ones</source>
        <translation>Diese Version weichen lassen, wenn es viele neuere gibt</translation>
    </message>
    <message>
        <source>Keep this version however many newer ones there are</source>
        <translation>Diese Version behalten, wie viele neuere es auch gibt</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Teach it things of yours, with your camera.</source>
        <translation>Bring ihm deine Dinge bei, mit deiner Kamera.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Go on with a project that you have.</source>
        <translation>Mach mit einem Projekt weiter, das du hast.</translation>
    </message>
    <message>
        <source>Try it without a camera</source>
        <translation>Ohne Kamera probieren</translation>
    </message>
    <message>
        <source>Practise on a drawn desk with a mug, scissors and more.</source>
        <translation>Übe an einem gezeichneten Tisch mit Tasse, Schere und mehr.</translation>
    </message>
    <message>
        <source>Watch the demo</source>
        <translation>Vorführung ansehen</translation>
    </message>
    <message>
        <source>It teaches itself four things in a minute.</source>
        <translation>Es bringt sich in einer Minute vier Dinge bei.</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Letzte Projekte</translation>
    </message>
    <message>
        <source>Show it a thing. Tell it what it is.</source>
        <translation>Zeig ihm ein Ding. Sag ihm, was es ist.</translation>
    </message>
    <message>
        <source>It has learned it before you put the thing down. Everything stays on this computer.</source>
        <translation>Es hat es gelernt, bevor du das Ding weglegst. Alles bleibt auf diesem Computer.</translation>
    </message>
</context>
</TS>
