<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>About</name>
    <message>
        <source>About Showtell</source>
        <translation>À propos de Showtell</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>Composants et licences</translation>
    </message>
    <message>
        <source>What Showtell is made of; each part has its makers&apos; licence</source>
        <translation>Ce dont Showtell est fait&#xa0;; chaque composant a la licence de ses auteurs</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Composant</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Copier les détails</translation>
    </message>
    <message>
        <source>Copy versions and system for a report of a bug; nothing of your projects</source>
        <translation>Copier les versions et le système pour signaler une erreur&#xa0;; rien de vos projets</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close this window (Esc)</source>
        <translation>Fermer cette fenêtre (Échap)</translation>
    </message>
    <message>
        <source>Showtell {version}</source>
        <translation>Showtell {version}</translation>
    </message>
    <message>
        <source>Everything you show it stays on this computer: there is no account, no server, and nothing is sent. Your samples lie in project files that are yours to copy, move and delete.</source>
        <translation>Tout ce que vous lui montrez reste sur cet ordinateur&#xa0;: pas de compte, pas de serveur, aucun envoi. Vos exemples sont dans des fichiers de projet que vous pouvez copier, déplacer et supprimer.</translation>
    </message>
    <message>
        <source>Free software under the Apache licence 2.0. It is made of these parts:</source>
        <translation>Logiciel libre sous licence Apache 2.0. Il est fait de ces composants&#xa0;:</translation>
    </message>
    <message>
        <source>see its files</source>
        <translation>voir ses fichiers</translation>
    </message>
    <message>
        <source>Copied. Nothing of your projects is in it.</source>
        <translation>Copié. Rien de vos projets n’y figure.</translation>
    </message>
</context>
<context>
    <name>AccuracyChart</name>
    <message>
        <source>How often it is right</source>
        <translation>Combien de fois il a raison</translation>
    </message>
    <message>
        <source>Every dot is one time it learned: click one, or step with ← and →</source>
        <translation>Chaque point est un apprentissage&#xa0;: cliquez dessus, ou passez de l’un à l’autre avec ← et →</translation>
    </message>
    <message>
        <source>Nothing was measured yet.
Every time it learns, a dot is added here.</source>
        <translation>Rien n’a encore été mesuré.
Chaque apprentissage ajoute un point ici.</translation>
    </message>
    <message>
        <source>on recordings kept aside</source>
        <translation>sur des prises mises de côté</translation>
    </message>
    <message>
        <source>new recordings, recognised before it learned them</source>
        <translation>nouvelles prises, reconnues avant de les apprendre</translation>
    </message>
    <message>
        <source>did not help, so it was not kept</source>
        <translation>n’a pas aidé, donc n’a pas été gardé</translation>
    </message>
    <message>
        <source>At first it was right {first} times in 100, now {now}.</source>
        <translation>Au début, il avait raison {first} fois sur 100, maintenant {now}.</translation>
    </message>
</context>
<context>
    <name>ActionCard</name>
    <message>
        <source>Switch this action on or off</source>
        <translation>Activer ou désactiver cette action</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>Change this action</source>
        <translation>Modifier cette action</translation>
    </message>
    <message>
        <source>Remove this action; undo brings it back</source>
        <translation>Supprimer cette action&#xa0;; Annuler la ramène</translation>
    </message>
    <message>
        <source>On: {action}</source>
        <translation>Activée&#xa0;: {action}</translation>
    </message>
    <message>
        <source>Do it once now, as if it had been seen</source>
        <translation>Le faire une fois maintenant, comme si c’était vu</translation>
    </message>
    <message>
        <source>Try it: {action}</source>
        <translation>Essayer&#xa0;: {action}</translation>
    </message>
    <message>
        <source>Change: {action}</source>
        <translation>Modifier&#xa0;: {action}</translation>
    </message>
    <message>
        <source>Remove: {action}</source>
        <translation>Supprimer&#xa0;: {action}</translation>
    </message>
</context>
<context>
    <name>ActionEditor</name>
    <message>
        <source>Something unknown</source>
        <translation>Quelque chose d’inconnu</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>What is seen</source>
        <translation>Ce qui est vu</translation>
    </message>
    <message>
        <source>What the action waits for</source>
        <translation>Ce que l’action attend</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>For how long it has to be seen without a break</source>
        <translation>Combien de temps il faut le voir sans interruption</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Certitude</translation>
    </message>
    <message>
        <source>How sure the answer has to be at least</source>
        <translation>À quel point la réponse doit au moins être sûre</translation>
    </message>
    <message>
        <source>Gone for</source>
        <translation>Durée d’absence</translation>
    </message>
    <message>
        <source>It happens once each time it appears, and again only after it was gone for so long</source>
        <translation>Une seule fois à chaque apparition, et de nouveau seulement après une absence de cette durée</translation>
    </message>
    <message>
        <source>Keep the action with the project (Enter)</source>
        <translation>Garder l’action avec le projet (Entrée)</translation>
    </message>
    <message>
        <source>Leave everything as it was (Esc)</source>
        <translation>Tout laisser comme avant (Échap)</translation>
    </message>
    <message>
        <source>When I see</source>
        <translation>Quand je vois</translation>
    </message>
    <message>
        <source>for at least</source>
        <translation>pendant au moins</translation>
    </message>
    <message>
        <source>and am sure by</source>
        <translation>en étant sûr à</translation>
    </message>
    <message>
        <source>again after it was gone for</source>
        <translation>de nouveau après une absence de</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Alors</translation>
    </message>
    <message>
        <source>What is to happen: {kind}</source>
        <translation>Ce qui doit se passer&#xa0;: {kind}</translation>
    </message>
</context>
<context>
    <name>ActionRights</name>
    <message>
        <source>What it waits for is no longer in the project.</source>
        <translation>Ce qu’elle attend n’est plus dans le projet.</translation>
    </message>
    <message>
        <source>Commands are not allowed on this computer: allow them below.</source>
        <translation>Les commandes ne sont pas permises sur cet ordinateur&#xa0;: autorisez-les plus bas.</translation>
    </message>
    <message>
        <source>It is not complete: edit it.</source>
        <translation>Elle est incomplète&#xa0;: modifiez-la.</translation>
    </message>
    <message>
        <source>This command was not entered on this computer. Edit and save it if you want it.</source>
        <translation>Cette commande n’a pas été saisie sur cet ordinateur. Modifiez-la et enregistrez-la si vous la voulez.</translation>
    </message>
    <message>
        <source>This file was not chosen on this computer. Edit it and choose one.</source>
        <translation>Ce fichier n’a pas été choisi sur cet ordinateur. Modifiez l’action et choisissez-en un.</translation>
    </message>
</context>
<context>
    <name>ActionRunner</name>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>change action</source>
        <translation>modifier une action</translation>
    </message>
    <message>
        <source>new action</source>
        <translation>nouvelle action</translation>
    </message>
    <message>
        <source>switch action on</source>
        <translation>activer une action</translation>
    </message>
    <message>
        <source>switch action off</source>
        <translation>désactiver une action</translation>
    </message>
    <message>
        <source>remove action</source>
        <translation>supprimer une action</translation>
    </message>
    <message>
        <source>It is still running from before; this time was left out.</source>
        <translation>Elle n’avait pas encore fini&#xa0;; cette fois a été sautée.</translation>
    </message>
    <message>
        <source>It is running…</source>
        <translation>En cours…</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Terminé.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Something unknown for {seconds:g} s</source>
        <translation>Quelque chose d’inconnu pendant {seconds:g}&#xa0;s</translation>
    </message>
    <message>
        <source>{name} for {seconds:g} s</source>
        <translation>{name} pendant {seconds:g}&#xa0;s</translation>
    </message>
    <message>
        <source>play {sound}</source>
        <translation>jouer {sound}</translation>
    </message>
    <message>
        <source>fill the screen: {words}</source>
        <translation>remplir l’écran&#xa0;: {words}</translation>
    </message>
    <message>
        <source>fill the screen with a colour</source>
        <translation>remplir l’écran d’une couleur</translation>
    </message>
    <message>
        <source>run a command</source>
        <translation>lancer une commande</translation>
    </message>
    <message>
        <source>add a line to {file}</source>
        <translation>ajouter une ligne à {file}</translation>
    </message>
    <message>
        <source>Chime</source>
        <translation>Carillon</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>Knock</source>
        <translation>Toc toc</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>It has not happened since the project was opened.</source>
        <translation>Pas arrivé depuis l’ouverture du projet.</translation>
    </message>
    <message>
        <source>It happened once, {ago}.</source>
        <translation>Arrivé une fois, {ago}.</translation>
    </message>
    <message>
        <source>It happened {count} times, last {ago}.</source>
        <translation>Arrivé {count} fois, la dernière {ago}.</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>{count} s ago</source>
        <translation>il y a {count}&#xa0;s</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>il y a {count}&#xa0;min</translation>
    </message>
    <message>
        <source>1 hour ago</source>
        <translation>il y a 1 heure</translation>
    </message>
    <message>
        <source>{count} hours ago</source>
        <translation>il y a {count} heures</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>{count} days ago</source>
        <translation>il y a {count} jours</translation>
    </message>
</context>
<context>
    <name>ActionsButton</name>
    <message>
        <source>1 action is on</source>
        <translation>1 action est active</translation>
    </message>
    <message>
        <source>{count} actions are on</source>
        <translation>{count} actions sont actives</translation>
    </message>
    <message>
        <source>{words}: look at them in Use</source>
        <translation>{words}&#xa0;: voir dans Utiliser</translation>
    </message>
</context>
<context>
    <name>ActionsCard</name>
    <message>
        <source>Actions</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>When something has been seen for a while, something happens, whichever room is open. A gesture can press a switch for you.</source>
        <translation>Quand une chose est vue un moment, il se passe quelque chose, quelle que soit la pièce ouverte. Un geste peut appuyer sur un bouton à votre place.</translation>
    </message>
    <message>
        <source>New action</source>
        <translation>Nouvelle action</translation>
    </message>
    <message>
        <source>Say what is to happen when something is seen</source>
        <translation>Dire ce qui doit se passer quand une chose est vue</translation>
    </message>
    <message>
        <source>For instance: when a thumb has been up for 2 s, fill the screen with the words “Come in”.</source>
        <translation>Par exemple&#xa0;: quand un pouce est levé depuis 2&#xa0;s, remplir l’écran avec le mot «&#xa0;Entrez&#xa0;».</translation>
    </message>
    <message>
        <source>Allow actions to run commands on this computer</source>
        <translation>Autoriser les actions à lancer des commandes sur cet ordinateur</translation>
    </message>
    <message>
        <source>While it is off, no command of any action runs</source>
        <translation>Sans cela, aucune commande d’aucune action n’est lancée</translation>
    </message>
    <message>
        <source>Change action</source>
        <translation>Modifier l’action</translation>
    </message>
    <message>
        <source>One action in this file is not understood here. It is left as it is.</source>
        <translation>Une action de ce fichier n’est pas comprise ici. Elle reste telle quelle.</translation>
    </message>
    <message>
        <source>{count} actions in this file are not understood here. They are left as they are.</source>
        <translation>{count} actions de ce fichier ne sont pas comprises ici. Elles restent telles quelles.</translation>
    </message>
    <message>
        <source>This is kept on this computer, not in the project: nobody else&apos;s file can switch it on.</source>
        <translation>Ce choix reste sur cet ordinateur, pas dans le projet&#xa0;: aucun fichier venu d’ailleurs ne peut l’activer.</translation>
    </message>
</context>
<context>
    <name>AnswerBars</name>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>What the model says about the bright square, most likely first.
Unknown: it looks like nothing that was taught.</source>
        <translation>Ce que le modèle dit du carré clair, le plus probable d’abord.
Inconnu&#xa0;: cela ne ressemble à rien de ce qu’il a appris.</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>nearest: {name}</source>
        <translation>le plus proche&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Unknown, nearest: {name}</source>
        <translation>Inconnu, le plus proche&#xa0;: {name}</translation>
    </message>
</context>
<context>
    <name>AnswerLine</name>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>The answer is right</source>
        <translation>La réponse est juste</translation>
    </message>
    <message>
        <source>When to say unknown</source>
        <translation>Quand dire inconnu</translation>
    </message>
    <message>
        <source>Choose when to say “unknown”, and see what it does (U)</source>
        <translation>Choisir quand dire «&#xa0;inconnu&#xa0;», et voir l’effet (U)</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Prise</translation>
    </message>
    <message>
        <source>Choose camera, square, rate, countdown and more (R)</source>
        <translation>Choisir la caméra, le carré, la cadence, le décompte, etc. (R)</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Juste</translation>
    </message>
    <message>
        <source>Unknown…</source>
        <translation>Inconnu…</translation>
    </message>
    <message>
        <source>The answer is right: keep this picture as a sample of it ({key})</source>
        <translation>La réponse est juste&#xa0;: garder cette image comme exemple ({key})</translation>
    </message>
    <message>
        <source>Hold 1–9 to record · {new} new class · Ctrl+Z takes it back</source>
        <translation>Tenir 1–9 pour filmer · {new} nouvelle catégorie · Ctrl+Z annule</translation>
    </message>
    <message>
        <source>{confirm} = right · 1–9 = no, it is … · hold to record</source>
        <translation>{confirm} = juste · 1–9 = non, c’est … · tenir pour filmer</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>It is open in another window</source>
        <translation>Il est ouvert dans une autre fenêtre</translation>
    </message>
    <message>
        <source>{project} is open already. Its window has come to the front; here nothing has changed.</source>
        <translation>{project} est déjà ouvert. Sa fenêtre est passée devant&#xa0;; ici, rien n’a changé.</translation>
    </message>
    <message>
        <source>Show that window</source>
        <translation>Afficher cette fenêtre</translation>
    </message>
    <message>
        <source>Bring the other window to the front</source>
        <translation>Mettre l’autre fenêtre devant</translation>
    </message>
    <message>
        <source>Open another project</source>
        <translation>Ouvrir un autre projet</translation>
    </message>
    <message>
        <source>Choose another project file</source>
        <translation>Choisir un autre fichier de projet</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Open it here</source>
        <translation>L’ouvrir ici</translation>
    </message>
    <message>
        <source>Showtell ended unexpectedly last time</source>
        <translation>Showtell s’est arrêté de façon inattendue la dernière fois</translation>
    </message>
    <message>
        <source>Your samples are safe. What went wrong was written down on this computer; nothing was sent.</source>
        <translation>Vos exemples sont en sécurité. Ce qui s’est passé a été noté sur cet ordinateur&#xa0;; rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>Look at the report</source>
        <translation>Voir le rapport</translation>
    </message>
    <message>
        <source>Read what was written down</source>
        <translation>Lire ce qui a été noté</translation>
    </message>
</context>
<context>
    <name>Backbone</name>
    <message>
        <source>Consolidate: fine-tune what the model sees with on your own pictures. Takes minutes; the picture goes on meanwhile. It is kept only if it is better.</source>
        <translation>Consolider&#xa0;: affiner sur vos propres images ce avec quoi le modèle voit. Cela prend des minutes&#xa0;; l’image continue pendant ce temps. Le résultat n’est gardé que s’il est meilleur.</translation>
    </message>
    <message>
        <source>consolidating {done}/{total}</source>
        <translation>consolide {done}/{total}</translation>
    </message>
    <message>
        <source>looking anew {done}/{total}</source>
        <translation>regarde à nouveau {done}/{total}</translation>
    </message>
    <message>
        <source>going over everything</source>
        <translation>repasse tout en revue</translation>
    </message>
    <message>
        <source>getting ready</source>
        <translation>se prépare</translation>
    </message>
    <message>
        <source>Consolidating</source>
        <translation>Consolidation</translation>
    </message>
    <message>
        <source>step {done} of {total}</source>
        <translation>étape {done} sur {total}</translation>
    </message>
    <message>
        <source>Looking at every picture anew</source>
        <translation>Regarde à nouveau chaque image</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message>
        <source>Going over everything with the new backbone</source>
        <translation>Repasse tout en revue avec le nouveau modèle de base</translation>
    </message>
    <message>
        <source>Getting ready to consolidate…</source>
        <translation>Préparation de la consolidation…</translation>
    </message>
    <message>
        <source>Getting the other backbone ready…</source>
        <translation>Préparation de l’autre modèle de base…</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>suspendu</translation>
    </message>
    <message>
        <source>goes on when the computer has nothing else to do</source>
        <translation>continue quand l’ordinateur n’a rien d’autre à faire</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>encore moins d’une minute</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>encore {count} min environ</translation>
    </message>
    <message>
        <source>about {count} h left</source>
        <translation>encore {count} h environ</translation>
    </message>
    <message>
        <source>It sees with a backbone now that was fine-tuned on your own pictures.</source>
        <translation>Il voit maintenant avec un modèle de base affiné sur vos propres images.</translation>
    </message>
    <message>
        <source>It sees with {name} now.</source>
        <translation>Il voit maintenant avec {name}.</translation>
    </message>
    <message>
        <source>On recordings kept aside it was right {before} times in 100, and now {now}.</source>
        <translation>Sur les prises mises de côté, il avait raison {before} fois sur 100, et maintenant {now}.</translation>
    </message>
    <message>
        <source>On recordings kept aside it is right {now} times in 100.</source>
        <translation>Sur les prises mises de côté, il a raison {now} fois sur 100.</translation>
    </message>
    <message>
        <source>To go back, restore an earlier version (Insight, Versions).</source>
        <translation>Pour revenir en arrière, restaurez une version antérieure (Comprendre, Versions).</translation>
    </message>
    <message>
        <source>Consolidated</source>
        <translation>Consolidé</translation>
    </message>
    <message>
        <source>Another backbone</source>
        <translation>Un autre modèle de base</translation>
    </message>
    <message>
        <source>It has not been consolidated on your pictures yet.</source>
        <translation>Il n’a pas encore été consolidé sur vos images.</translation>
    </message>
    <message>
        <source>Consolidated on 1 of your pictures, {day}.</source>
        <translation>Consolidé sur 1 de vos images, {day}.</translation>
    </message>
    <message>
        <source>Consolidated on {count} of your pictures, {day}.</source>
        <translation>Consolidé sur {count} de vos images, {day}.</translation>
    </message>
    <message>
        <source>It looks at {side} × {side} pixels and makes {count} numbers of them.</source>
        <translation>Il regarde {side} × {side} pixels et en fait {count} nombres.</translation>
    </message>
    <message>
        <source>It has seen 1 picture that you deleted since. Consolidate again to have one that has not.</source>
        <translation>Il a vu 1 image que vous avez supprimée depuis. Consolidez à nouveau pour en avoir un qui ne l’a pas vue.</translation>
    </message>
    <message>
        <source>It has seen {count} pictures that you deleted since. Consolidate again to have one that has not.</source>
        <translation>Il a vu {count} images que vous avez supprimées depuis. Consolidez à nouveau pour en avoir un qui ne les a pas vues.</translation>
    </message>
    <message>
        <source>the backbone has seen 1 picture that is gone now</source>
        <translation>le modèle de base a vu 1 image qui n’est plus là</translation>
    </message>
    <message>
        <source>the backbone has seen {count} pictures that are gone now</source>
        <translation>le modèle de base a vu {count} images qui ne sont plus là</translation>
    </message>
    <message>
        <source>the backbone has seen 1 of them</source>
        <translation>le modèle de base en a vu 1</translation>
    </message>
    <message>
        <source>the backbone has seen {count} of them</source>
        <translation>le modèle de base en a vu {count}</translation>
    </message>
</context>
<context>
    <name>BackboneActs</name>
    <message>
        <source>Keep the present backbone</source>
        <translation>Garder le modèle de base actuel</translation>
    </message>
    <message>
        <source>Give up consolidation</source>
        <translation>Abandonner la consolidation</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>BackboneCard</name>
    <message>
        <source>Backbone</source>
        <translation>Modèle de base</translation>
    </message>
    <message>
        <source>What the model sees with: it makes numbers of a picture, and all else is learned from these. Consolidating fine-tunes it on your own pictures. That takes minutes; the picture goes on meanwhile. It is kept only if it is better.</source>
        <translation>Ce avec quoi le modèle voit&#xa0;: il fait d’une image des nombres, et tout le reste s’apprend à partir d’eux. La consolidation l’affine sur vos propres images. Cela prend des minutes&#xa0;; l’image continue pendant ce temps. Le résultat n’est gardé que s’il est meilleur.</translation>
    </message>
    <message>
        <source>Progress of the backbone</source>
        <translation>Progression du modèle de base</translation>
    </message>
    <message>
        <source>How far the new backbone is</source>
        <translation>Où en est le nouveau modèle de base</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Keep the backbone in use, and give up the other one</source>
        <translation>Garder le modèle de base actuel et abandonner l’autre</translation>
    </message>
    <message>
        <source>Use another</source>
        <translation>En prendre un autre</translation>
    </message>
    <message>
        <source>Choose another backbone of this computer, or a file</source>
        <translation>Choisir un autre modèle de base de cet ordinateur, ou un fichier</translation>
    </message>
    <message>
        <source>The learner is starting…</source>
        <translation>L’apprentissage démarre…</translation>
    </message>
    <message>
        <source>In use: {name}</source>
        <translation>Utilisé&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Consolidate again</source>
        <translation>Consolider à nouveau</translation>
    </message>
    <message>
        <source>Consolidate now</source>
        <translation>Consolider maintenant</translation>
    </message>
    <message>
        <source>Teach it two things first</source>
        <translation>Apprenez-lui d’abord deux choses</translation>
    </message>
    <message>
        <source>Keep the backbone in use as a file, for another project or another computer</source>
        <translation>Garder le modèle de base dans un fichier, pour un autre projet ou un autre ordinateur</translation>
    </message>
    <message>
        <source>Only a backbone that is in the project can be saved: consolidate, or choose one from a file</source>
        <translation>Seul un modèle de base qui est dans le projet peut être enregistré&#xa0;: consolidez, ou choisissez-en un dans un fichier</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>Enregistrer dans un fichier…</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Depuis un fichier…</translation>
    </message>
    <message>
        <source>It is saved as {path}.</source>
        <translation>Il est enregistré dans {path}.</translation>
    </message>
</context>
<context>
    <name>Backbones</name>
    <message>
        <source>asked for</source>
        <translation>demandé</translation>
    </message>
</context>
<context>
    <name>Backups</name>
    <message>
        <source>the day&apos;s copy</source>
        <translation>la copie du jour</translation>
    </message>
    <message>
        <source>before a newer Showtell brought it up to date</source>
        <translation>avant la mise à jour par un Showtell plus récent</translation>
    </message>
    <message>
        <source>before a consolidation</source>
        <translation>avant une consolidation</translation>
    </message>
    <message>
        <source>you asked for it</source>
        <translation>à votre demande</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>Aucun projet n’est ouvert.</translation>
    </message>
    <message>
        <source>Looking for them…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>There is none yet. The first is made by itself, soon after there are samples.</source>
        <translation>Il n’y en a pas encore. La première se fait d’elle-même, peu après les premiers exemples.</translation>
    </message>
    <message>
        <source>There is one, of {moment}.</source>
        <translation>Il y en a une, de {moment}.</translation>
    </message>
    <message>
        <source>There are {count}; the newest is of {moment}.</source>
        <translation>Il y en a {count}&#xa0;; la plus récente est de {moment}.</translation>
    </message>
    <message>
        <source>Copying: {percent} %</source>
        <translation>Copie&#xa0;: {percent} %</translation>
    </message>
    <message>
        <source>Reading the copy through…</source>
        <translation>Vérification de la copie…</translation>
    </message>
</context>
<context>
    <name>BackupsDialog</name>
    <message>
        <source>Backups</source>
        <translation>Sauvegardes</translation>
    </message>
    <message>
        <source>The copies that are kept of this project, the newest first</source>
        <translation>Les copies gardées de ce projet, la plus récente en premier</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Faite</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>Open a copy beside it</source>
        <translation>Ouvrir une copie à côté</translation>
    </message>
    <message>
        <source>Make a project of its own of the chosen backup, beside this one, and open it</source>
        <translation>Faire de la sauvegarde choisie un projet à part, à côté de celui-ci, et l’ouvrir</translation>
    </message>
    <message>
        <source>Put this one back</source>
        <translation>Remettre celle-ci</translation>
    </message>
    <message>
        <source>Put the chosen backup in the project&apos;s place; what is there now is set aside</source>
        <translation>Mettre la sauvegarde choisie à la place du projet&#xa0;; ce qui s’y trouve est mis de côté</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Sauvegarder maintenant</translation>
    </message>
    <message>
        <source>Make one more copy of the open project</source>
        <translation>Faire encore une copie du projet ouvert</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Look at the backups in their folder</source>
        <translation>Voir les sauvegardes dans leur dossier</translation>
    </message>
    <message>
        <source>A backup that is put back takes the project&apos;s place. What is there now is not deleted: it gets another name beside it.</source>
        <translation>Une sauvegarde remise prend la place du projet. Ce qui s’y trouve n’est pas supprimé&#xa0;: il reçoit un autre nom, à côté.</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>illisible</translation>
    </message>
</context>
<context>
    <name>BackupsPage</name>
    <message>
        <source>The folder that backups are kept in</source>
        <translation>Le dossier où sont gardées les sauvegardes</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>En choisir un autre…</translation>
    </message>
    <message>
        <source>Keep backups in another folder, on another disk perhaps</source>
        <translation>Garder les sauvegardes dans un autre dossier, peut-être sur un autre disque</translation>
    </message>
    <message>
        <source>Back to the usual one</source>
        <translation>Revenir au dossier habituel</translation>
    </message>
    <message>
        <source>Keep backups in Showtell&apos;s own folder again</source>
        <translation>Garder de nouveau les sauvegardes dans le dossier de Showtell</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>L’ouvrir</translation>
    </message>
    <message>
        <source>Look at the backups in their folder</source>
        <translation>Voir les sauvegardes dans leur dossier</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Sauvegarder maintenant</translation>
    </message>
    <message>
        <source>Make one more copy of the open project</source>
        <translation>Faire encore une copie du projet ouvert</translation>
    </message>
    <message>
        <source>Show all…</source>
        <translation>Tout afficher…</translation>
    </message>
    <message>
        <source>List them, open one, or put one back</source>
        <translation>Les lister, en ouvrir une, ou en remettre une</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Of the open project</source>
        <translation>Du projet ouvert</translation>
    </message>
    <message>
        <source>Keep backups in</source>
        <translation>Garder les sauvegardes dans</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>1 selected</source>
        <translation>1 choisi</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} choisis</translation>
    </message>
    <message>
        <source>Take back: {act}</source>
        <translation>Annuler&#xa0;: {act}</translation>
    </message>
    <message>
        <source>Nothing to take back</source>
        <translation>Rien à annuler</translation>
    </message>
    <message>
        <source>Relabel</source>
        <translation>Reclasser</translation>
    </message>
    <message>
        <source>Give another class (keys 1–9)</source>
        <translation>Donner une autre catégorie (touches 1–9)</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>Apprendre</translation>
    </message>
    <message>
        <source>Hold out</source>
        <translation>Mettre de côté</translation>
    </message>
    <message>
        <source>Learn from them again</source>
        <translation>Apprendre de nouveau à partir d’eux</translation>
    </message>
    <message>
        <source>Keep to measure with, not to learn from</source>
        <translation>Garder pour mesurer, sans apprendre à partir d’eux</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Récupérer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>Les récupérer</translation>
    </message>
    <message>
        <source>Put them aside; undo brings them back</source>
        <translation>Les retirer&#xa0;; Annuler les ramène</translation>
    </message>
    <message>
        <source>Consolidate again</source>
        <translation>Consolider à nouveau</translation>
    </message>
    <message>
        <source>Fine-tune the backbone anew, without what is gone now</source>
        <translation>Affiner à nouveau le modèle de base, sans ce qui n’est plus là</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Ne rien choisir</translation>
    </message>
    <message>
        <source>Select nothing (Esc)</source>
        <translation>Ne rien choisir (Échap)</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>Camera picture</source>
        <translation>Image de la caméra</translation>
    </message>
    <message>
        <source>What the camera sees. Only the bright square is learned from.
Drag it to move it, turn the wheel to look nearer. With the keyboard: arrows, + and −; Home puts it back.</source>
        <translation>Ce que voit la caméra. Seul le carré clair sert à apprendre.
Faites-le glisser pour le déplacer, tournez la molette pour voir de plus près. Au clavier&#xa0;: flèches, + et −&#xa0;; Début le remet en place.</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Class by class</source>
        <translation>Par catégorie</translation>
    </message>
    <message>
        <source>How well each class does. Click one to see the samples it is measured on (Enter)</source>
        <translation>Résultat de chaque catégorie. Cliquez sur l’une d’elles pour voir les exemples qui la mesurent (Entrée)</translation>
    </message>
    <message>
        <source>{name}: {share} of it is found</source>
        <translation>{name}&#xa0;: {share} reconnus</translation>
    </message>
    <message>
        <source>nothing was called so</source>
        <translation>rien n’a été appelé ainsi</translation>
    </message>
    <message>
        <source>of what was called so, {share} was so</source>
        <translation>de ce qui a été appelé ainsi, {share} l’était</translation>
    </message>
</context>
<context>
    <name>ClassCard</name>
    <message>
        <source>Hold</source>
        <translation>Tenir</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>{name}: double-click to rename</source>
        <translation>{name}&#xa0;: double-cliquer pour renommer</translation>
    </message>
    <message>
        <source>Hold to record {name} (or hold the key {key})</source>
        <translation>Tenir pour filmer {name} (ou tenir la touche {key})</translation>
    </message>
    <message>
        <source>Hold to record {name}</source>
        <translation>Tenir pour filmer {name}</translation>
    </message>
    <message>
        <source>Record {name}</source>
        <translation>Filmer {name}</translation>
    </message>
    <message>
        <source>Rename, recolour, move or remove {name} (F2 renames)</source>
        <translation>Renommer, recolorer, déplacer ou supprimer {name} (F2 renomme)</translation>
    </message>
    <message>
        <source>More for {name}</source>
        <translation>Plus pour {name}</translation>
    </message>
    <message>
        <source>New name for {name}</source>
        <translation>Nouveau nom pour {name}</translation>
    </message>
    <message>
        <source>Enter keeps the name, Esc does not</source>
        <translation>Entrée garde le nom, Échap non</translation>
    </message>
    <message>
        <source>Stop adding to {name}</source>
        <translation>Arrêter l’ajout à {name}</translation>
    </message>
    <message>
        <source>Add no more; what was added stays, and undo takes it back (Esc)</source>
        <translation>Ne plus rien ajouter&#xa0;; ce qui est ajouté reste, et Annuler le retire (Échap)</translation>
    </message>
    <message>
        <source>Drag it to another place (Alt+Up, Alt+Down). Drop pictures, folders or a clip on it to add them.</source>
        <translation>La faire glisser pour la déplacer (Alt+Haut, Alt+Bas). Y déposer des images, des dossiers ou une vidéo pour les ajouter.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Touche</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucune</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>Monter (Alt+Haut)</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>Descendre (Alt+Bas)</translation>
    </message>
    <message>
        <source>Remove class</source>
        <translation>Supprimer la catégorie</translation>
    </message>
</context>
<context>
    <name>ClassList</name>
    <message>
        <source>New class</source>
        <translation>Nouvelle catégorie</translation>
    </message>
    <message>
        <source>Name a new thing to recognise (N). A folder of pictures dropped here becomes a class of its own.</source>
        <translation>Nommer une nouvelle chose à reconnaître (N). Un dossier d’images déposé ici devient une catégorie.</translation>
    </message>
    <message>
        <source>New class ({key})</source>
        <translation>Nouvelle catégorie ({key})</translation>
    </message>
    <message>
        <source>What is it called?</source>
        <translation>Comment ça s’appelle&#xa0;?</translation>
    </message>
    <message>
        <source>Name of the new class</source>
        <translation>Nom de la nouvelle catégorie</translation>
    </message>
    <message>
        <source>Enter adds it, Esc does not</source>
        <translation>Entrée l’ajoute, Échap non</translation>
    </message>
</context>
<context>
    <name>CoachPanel</name>
    <message>
        <source>First steps</source>
        <translation>Premiers pas</translation>
    </message>
    <message>
        <source>Close the first steps</source>
        <translation>Fermer les premiers pas</translation>
    </message>
    <message>
        <source>Close these steps; they do not come again (Esc)</source>
        <translation>Fermer ces étapes&#xa0;; elles ne reviennent pas (Échap)</translation>
    </message>
    <message>
        <source>done: {step}</source>
        <translation>fait&#xa0;: {step}</translation>
    </message>
    <message>
        <source>Name and record a second thing, then show me both</source>
        <translation>Nommez et filmez une deuxième chose, puis montrez-moi les deux</translation>
    </message>
    <message>
        <source>That is all. Show me something!</source>
        <translation>C’est tout. Montrez-moi quelque chose&#xa0;!</translation>
    </message>
    <message>
        <source>Name a thing: press N</source>
        <translation>Nommez une chose&#xa0;: touche N</translation>
    </message>
    <message>
        <source>Hold {key} for two seconds while you turn it</source>
        <translation>Tenez {key} deux secondes en la tournant</translation>
    </message>
</context>
<context>
    <name>CodeRow</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>The command is empty, or a quotation mark in it is not closed.</source>
        <translation>La commande est vide, ou un guillemet n’y est pas fermé.</translation>
    </message>
    <message>
        <source>A batch file is given the class in SHOWTELL_CLASS only: leave out {class}.</source>
        <translation>Un fichier batch ne reçoit la catégorie que par SHOWTELL_CLASS&#xa0;: retirez {class}.</translation>
    </message>
    <message>
        <source>It was stopped after {seconds:g} s.</source>
        <translation>Elle a été arrêtée après {seconds:g}&#xa0;s.</translation>
    </message>
    <message>
        <source>It crashed. {line}</source>
        <translation>Elle a planté. {line}</translation>
    </message>
    <message>
        <source>It ended with code {code}. {line}</source>
        <translation>Elle s’est terminée avec le code {code}. {line}</translation>
    </message>
    <message>
        <source>{program} cannot be started. Is it spelled right, and is it installed?</source>
        <translation>{program} ne peut pas être lancé. Est-ce bien écrit, et installé&#xa0;?</translation>
    </message>
</context>
<context>
    <name>CommandPage</name>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>A program and what it is given, quoted as in a terminal</source>
        <translation>Un programme et ses arguments, entre guillemets comme dans un terminal</translation>
    </message>
    <message>
        <source>stop it after </source>
        <translation>l’arrêter après </translation>
    </message>
    <message>
        <source>Stop it after</source>
        <translation>L’arrêter après</translation>
    </message>
    <message>
        <source>A command that takes longer is stopped</source>
        <translation>Une commande qui dure plus longtemps est arrêtée</translation>
    </message>
    <message>
        <source>{class} and {confidence} are put in for what was seen. It runs without a shell, and only while commands are allowed on this computer.</source>
        <translation>{class} et {confidence} sont remplacés par ce qui a été vu. La commande est lancée sans shell, et seulement tant que les commandes sont permises sur cet ordinateur.</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>What is taken for what</source>
        <translation>Ce qui est pris pour quoi</translation>
    </message>
    <message>
        <source>Click a cell to see its samples, or go there with the arrow keys and press Enter</source>
        <translation>Cliquez sur une case pour voir ses exemples, ou allez-y avec les flèches et appuyez sur Entrée</translation>
    </message>
    <message>
        <source>{name}: not measured yet</source>
        <translation>{name}&#xa0;: pas encore mesuré</translation>
    </message>
    <message>
        <source>{name}: {count} of {total} looks were right</source>
        <translation>{name}&#xa0;: {count} vues justes sur {total}</translation>
    </message>
    <message>
        <source>{shown} taken for {said}: {count} of {total} looks</source>
        <translation>{shown} pris pour {said}&#xa0;: {count} vues sur {total}</translation>
    </message>
    <message>
        <source>taken for →</source>
        <translation>pris pour →</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>The report</source>
        <translation>Le rapport</translation>
    </message>
    <message>
        <source>All that the report says</source>
        <translation>Tout ce que dit le rapport</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Enregistrer sous…</translation>
    </message>
    <message>
        <source>Save the report where you want it</source>
        <translation>Enregistrer le rapport où vous voulez</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Look at the folder that reports are in</source>
        <translation>Voir le dossier où sont les rapports</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close Showtell</source>
        <translation>Fermer Showtell</translation>
    </message>
    <message>
        <source>Close this report</source>
        <translation>Fermer ce rapport</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Redémarrer</translation>
    </message>
    <message>
        <source>Start Showtell again with the same project</source>
        <translation>Relancer Showtell avec le même projet</translation>
    </message>
    <message>
        <source>Something broke in Showtell</source>
        <translation>Quelque chose s’est cassé dans Showtell</translation>
    </message>
    <message>
        <source>Showtell ended unexpectedly last time</source>
        <translation>Showtell s’est arrêté de façon inattendue la dernière fois</translation>
    </message>
    <message>
        <source>Your samples are safe. Below is a report of what went wrong. It has not been sent: read it, and send it to the people who make Showtell if you like, or leave it.</source>
        <translation>Vos exemples sont en sécurité. Voici un rapport de ce qui s’est passé. Il n’a pas été envoyé&#xa0;: lisez-le, et envoyez-le si vous voulez à ceux qui font Showtell, ou laissez-le.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copié.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Enregistrer le rapport</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>Textes (*.txt)</translation>
    </message>
    <message>
        <source>Not saved: {reason}.</source>
        <translation>Pas enregistré&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Enregistré.</translation>
    </message>
</context>
<context>
    <name>Demo</name>
    <message>
        <source>This is the demo: a drawn desk instead of a camera. Watch, then try it yourself.</source>
        <translation>Voici la démo&#xa0;: un bureau dessiné au lieu d’une caméra. Regardez, puis essayez vous-même.</translation>
    </message>
    <message>
        <source>A new thing ({number} of {count}): {name}. Press N and name it…</source>
        <translation>Une nouvelle chose ({number} sur {count})&#xa0;: {name}. Appuyer sur N et la nommer…</translation>
    </message>
    <message>
        <source>And now, without any help: what is this?   {right} of {asked} right</source>
        <translation>Et maintenant, sans aide&#xa0;: qu’est-ce que c’est&#xa0;?   {right} justes sur {asked}</translation>
    </message>
    <message>
        <source>{right} of {asked} recognised. Your turn: hold a key from 1 to {count} to record more, press N for something new, or choose your own camera at the top right.</source>
        <translation>{right} reconnus sur {asked}. À vous&#xa0;: tenez une touche de 1 à {count} pour filmer encore, appuyez sur N pour une nouvelle chose, ou choisissez votre caméra en haut à droite.</translation>
    </message>
    <message>
        <source>…then hold the key {key}: ten pictures a second, while it moves.</source>
        <translation>…puis tenir la touche {key}&#xa0;: dix images par seconde, pendant que ça bouge.</translation>
    </message>
    <message>
        <source>Learned. It knew {name} before the refinement was done.</source>
        <translation>Appris. Il connaissait {name} avant même d’avoir fini de s’affiner.</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Getting the backbone ready…</source>
        <translation>Préparation du modèle de base…</translation>
    </message>
    <message>
        <source>The learner stopped</source>
        <translation>L’apprentissage s’est arrêté</translation>
    </message>
    <message>
        <source>The learner cannot be started</source>
        <translation>L’apprentissage ne peut pas démarrer</translation>
    </message>
    <message>
        <source>The system gives it no process ({why}). Close other programs.</source>
        <translation>Le système ne lui donne pas de processus ({why}). Fermez d’autres programmes.</translation>
    </message>
    <message>
        <source>TensorFlow does not load</source>
        <translation>TensorFlow ne se charge pas</translation>
    </message>
    <message>
        <source>{why}. What was learned before goes on answering; new samples are kept. Run `showtell doctor`, or install Showtell again.</source>
        <translation>{why}. Ce qui est déjà appris continue de répondre&#xa0;; les nouveaux exemples sont gardés. Lancez `showtell doctor`, ou réinstallez Showtell.</translation>
    </message>
    <message>
        <source>You asked for the CPU.</source>
        <translation>Vous avez choisi le processeur (CPU).</translation>
    </message>
    <message>
        <source>TensorFlow sees {gpu}.</source>
        <translation>TensorFlow voit {gpu}.</translation>
    </message>
    <message>
        <source>TensorFlow sees no GPU on this machine.</source>
        <translation>TensorFlow ne voit pas de carte graphique (GPU) sur cet ordinateur.</translation>
    </message>
    <message>
        <source>This build of TensorFlow works on the CPU only.</source>
        <translation>Cette version de TensorFlow ne marche que sur le processeur (CPU).</translation>
    </message>
    <message>
        <source>new labels</source>
        <translation>nouveautés montrées</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>demandé</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>reprise</translation>
    </message>
    <message>
        <source>tried again</source>
        <translation>nouvel essai</translation>
    </message>
    <message>
        <source>something was taken away</source>
        <translation>quelque chose a été retiré</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>moment calme</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>de lui-même</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>choisi</translation>
    </message>
    <message>
        <source>On recordings held out to measure with it would be right {points} points less often.</source>
        <translation>Sur les prises mises de côté pour mesurer, il aurait raison {points} points moins souvent.</translation>
    </message>
    <message>
        <source>On recordings held out to measure with it would find one class {points} points less often.</source>
        <translation>Sur les prises mises de côté pour mesurer, il reconnaîtrait une catégorie {points} points moins souvent.</translation>
    </message>
    <message>
        <source>On recordings held out to measure with it would be no better.</source>
        <translation>Sur les prises mises de côté, il ne serait pas meilleur.</translation>
    </message>
    <message>
        <source>Too little is held out to measure whether it would be better.</source>
        <translation>Trop peu est mis de côté pour mesurer s’il serait meilleur.</translation>
    </message>
    <message>
        <source>What is in use was never measured, so nobody could tell whether this is better.</source>
        <translation>Ce qui est utilisé n’a jamais été mesuré&#xa0;: personne ne pourrait dire si ceci est meilleur.</translation>
    </message>
    <message>
        <source>There is no GPU to train on</source>
        <translation>Il n’y a pas de GPU pour apprendre</translation>
    </message>
    <message>
        <source>The GPU does not work</source>
        <translation>Le GPU ne fonctionne pas</translation>
    </message>
    <message>
        <source>{why} Leave the device on auto, or choose cpu.</source>
        <translation>{why} Laissez «&#xa0;Automatique&#xa0;» dans les préférences, ou choisissez le processeur (CPU).</translation>
    </message>
    <message>
        <source>This project was made with another backbone</source>
        <translation>Ce projet a été fait avec un autre modèle de base</translation>
    </message>
    <message>
        <source>Its backbone ({backbone}) is not on this machine. Start Showtell with --backbone FILE and the file it was made with.</source>
        <translation>Son modèle de base ({backbone}) n’est pas sur cet ordinateur. Lancez Showtell avec --backbone FICHIER et le fichier avec lequel il a été fait.</translation>
    </message>
    <message>
        <source>That version belongs to another backbone</source>
        <translation>Cette version va avec un autre modèle de base</translation>
    </message>
    <message>
        <source>Version {number} was made with another backbone than {backbone}. Start Showtell with that backbone first.</source>
        <translation>La version {number} a été faite avec un autre modèle de base que {backbone}. Lancez d’abord Showtell avec celui-là.</translation>
    </message>
    <message>
        <source>A backbone is damaged</source>
        <translation>Un modèle de base est abîmé</translation>
    </message>
    <message>
        <source>A backbone is missing</source>
        <translation>Il manque un modèle de base</translation>
    </message>
    <message>
        <source>{path} is not what was written. Add it again from its file; install Showtell again if it came with it.</source>
        <translation>{path} n’est plus ce qui a été écrit. Ajoutez-le à nouveau depuis son fichier&#xa0;; s’il est venu avec Showtell, réinstallez Showtell.</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>La mémoire ne suffit pas</translation>
    </message>
    <message>
        <source>The computer has no memory left to learn with. Close other programs; what was labelled is safe, and what was learned before goes on answering.</source>
        <translation>L’ordinateur n’a plus de mémoire pour apprendre. Fermez d’autres programmes&#xa0;; ce qui a été nommé est en sûreté, et ce qui a été appris avant continue de répondre.</translation>
    </message>
    <message>
        <source>Learning is as quick on the CPU; {gpu} is kept for consolidation.</source>
        <translation>L’apprentissage est aussi rapide sur le processeur&#xa0;; {gpu} est gardé pour la consolidation.</translation>
    </message>
    <message>
        <source>What {name} keeps of backbone {backbone} is not what was written. Restore a version of another backbone, or consolidate again.</source>
        <translation>Ce que {name} garde du modèle de base {backbone} n’est plus ce qui a été écrit. Restaurez une version d’un autre modèle de base, ou consolidez à nouveau.</translation>
    </message>
    <message>
        <source>{path} cannot be read. Add it again from its file; install Showtell again if it came with it.</source>
        <translation>{path} ne peut pas être lu. Ajoutez-le à nouveau depuis son fichier&#xa0;; s’il est venu avec Showtell, réinstallez Showtell.</translation>
    </message>
    <message>
        <source>{path} cannot be read. Install Showtell again.</source>
        <translation>{path} ne peut pas être lu. Réinstallez Showtell.</translation>
    </message>
    <message>
        <source>There is no such backbone</source>
        <translation>Ce modèle de base n’existe pas</translation>
    </message>
    <message>
        <source>There is no &quot;{name}&quot; here; there is {names}. Name one of these, or a .keras or .showtell-backbone file.</source>
        <translation>Il n’y a pas de «&#xa0;{name}&#xa0;» ici&#xa0;; il y a {names}. Nommez l’un d’eux, ou un fichier .keras ou .showtell-backbone.</translation>
    </message>
    <message>
        <source>Which backbone is meant?</source>
        <translation>De quel modèle de base s’agit-il&#xa0;?</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; may be {names}. Write more of the hash.</source>
        <translation>«&#xa0;{name}&#xa0;» peut être {names}. Écrivez-en plus de l’empreinte.</translation>
    </message>
    <message>
        <source>This backbone cannot be trained</source>
        <translation>Ce modèle de base ne peut pas être affiné</translation>
    </message>
    <message>
        <source>The file that backbone {backbone} was made from is not on this machine, or no longer whole. Run showtell backbone add FILE with that file.</source>
        <translation>Le fichier dont le modèle de base {backbone} a été fait n’est pas sur cet ordinateur, ou n’est plus entier. Lancez showtell backbone add FICHIER avec ce fichier.</translation>
    </message>
    <message>
        <source>{why} Use a Keras 3 .keras file of an ordinary convolutional network whose last layer is a pooling layer.</source>
        <translation>{why} Prenez un fichier .keras de Keras 3 d’un réseau convolutif ordinaire dont la dernière couche est un pooling.</translation>
    </message>
    <message>
        <source>{why} Get the file again, from somebody you trust.</source>
        <translation>{why} Procurez-vous à nouveau le fichier, auprès de quelqu’un de confiance.</translation>
    </message>
    <message>
        <source>That backbone cannot be used</source>
        <translation>Ce modèle de base ne convient pas</translation>
    </message>
    <message>
        <source>{path} cannot be read ({why}). Check the path.</source>
        <translation>{path} ne peut pas être lu ({why}). Vérifiez le chemin.</translation>
    </message>
    <message>
        <source>The backbone cannot be kept</source>
        <translation>Le modèle de base ne peut pas être gardé</translation>
    </message>
    <message>
        <source>{folder} cannot be written to ({why}). Free some space there, or allow it to be written to.</source>
        <translation>Impossible d’écrire dans {folder} ({why}). Libérez de la place, ou autorisez-y l’écriture.</translation>
    </message>
    <message>
        <source>The backbone does not load</source>
        <translation>Le modèle de base ne se charge pas</translation>
    </message>
    <message>
        <source>{name} cannot be used ({why}). Install Showtell again.</source>
        <translation>{name} est inutilisable ({why}). Réinstallez Showtell.</translation>
    </message>
    <message>
        <source>The backbone stays as it is</source>
        <translation>Le modèle de base reste tel quel</translation>
    </message>
    <message>
        <source>What was under way to another one was given up.</source>
        <translation>Ce qui menait à un autre a été abandonné.</translation>
    </message>
    <message>
        <source>Consolidating by itself was switched off.</source>
        <translation>La consolidation automatique a été désactivée.</translation>
    </message>
    <message>
        <source>The same pictures came to the same backbone as before. Teach it more, and consolidate then.</source>
        <translation>Les mêmes images ont donné le même modèle de base qu’avant. Apprenez-lui davantage, puis consolidez.</translation>
    </message>
    <message>
        <source>The consolidation was given up</source>
        <translation>La consolidation a été abandonnée</translation>
    </message>
    <message>
        <source>It is no longer wanted in this project. Begin another one if you like.</source>
        <translation>Elle n’est plus voulue dans ce projet. Commencez-en une autre si vous voulez.</translation>
    </message>
    <message>
        <source>There is too little to consolidate</source>
        <translation>Il y a trop peu pour consolider</translation>
    </message>
    <message>
        <source>It takes something that was learned, recordings of at least two classes, and others that are held out to measure whether it was worth it. Record each class a few times more.</source>
        <translation>Il faut quelque chose d’appris, des prises d’au moins deux catégories, et d’autres mises de côté pour mesurer si cela en valait la peine. Filmez chaque catégorie encore quelques fois.</translation>
    </message>
    <message>
        <source>Consolidation came to nothing</source>
        <translation>La consolidation n’a rien donné</translation>
    </message>
    <message>
        <source>Its loss is no longer a number. Try it again, or on the CPU.</source>
        <translation>Sa perte n’est plus un nombre. Essayez à nouveau, ou sur le processeur (CPU).</translation>
    </message>
    <message>
        <source>Consolidation stopped</source>
        <translation>La consolidation s’est arrêtée</translation>
    </message>
    <message>
        <source>Consolidation does not work here</source>
        <translation>La consolidation ne marche pas ici</translation>
    </message>
    <message>
        <source>Its process ended {count} times (exit code {code}). What was learned goes on answering.</source>
        <translation>Son processus s’est terminé {count} fois (code {code}). Ce qui a été appris continue de répondre.</translation>
    </message>
    <message>
        <source>That is not a project</source>
        <translation>Ce n’est pas un projet</translation>
    </message>
    <message>
        <source>{name} is some other kind of file. Choose a .showtell file.</source>
        <translation>{name} est un autre type de fichier. Choisissez un fichier .showtell.</translation>
    </message>
    <message>
        <source>{path} is a folder. Choose a .showtell file.</source>
        <translation>{path} est un dossier. Choisissez un fichier .showtell.</translation>
    </message>
    <message>
        <source>This project needs a newer Showtell</source>
        <translation>Ce projet demande un Showtell plus récent</translation>
    </message>
    <message>
        <source>{name} has format {format}; this Showtell knows formats up to {newest}. Install the newest Showtell. The file was not changed.</source>
        <translation>{name} a le format {format}&#xa0;; ce Showtell connaît les formats jusqu’à {newest}. Installez le Showtell le plus récent. Le fichier n’a pas été modifié.</translation>
    </message>
    <message>
        <source>The project file is damaged</source>
        <translation>Le fichier de projet est abîmé</translation>
    </message>
    <message>
        <source>{name} cannot be read in full ({why}). Go back to a copy of it. The file was not changed.</source>
        <translation>{name} ne peut pas être lu en entier ({why}). Reprenez une copie. Le fichier n’a pas été modifié.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Le disque est plein</translation>
    </message>
    <message>
        <source>There is no room to write to {name}. What was labelled before is safe. Free some space and go on.</source>
        <translation>Il n’y a plus de place pour écrire dans {name}. Ce qui était déjà classé est en sécurité. Libérez de la place et continuez.</translation>
    </message>
    <message>
        <source>The project cannot be written to</source>
        <translation>Impossible d’écrire dans le projet</translation>
    </message>
    <message>
        <source>You may not write to {name} or to its folder. Copy it to a folder of your own and open the copy.</source>
        <translation>Vous n’avez pas le droit d’écrire dans {name} ou dans son dossier. Copiez-le dans un dossier à vous et ouvrez la copie.</translation>
    </message>
    <message>
        <source>The project is busy</source>
        <translation>Le projet est occupé</translation>
    </message>
    <message>
        <source>Another program has locked {name}. Close it there, or try again shortly.</source>
        <translation>Un autre programme bloque {name}. Fermez-le là-bas, ou réessayez dans un instant.</translation>
    </message>
    <message>
        <source>The project is open elsewhere</source>
        <translation>Le projet est ouvert ailleurs</translation>
    </message>
    <message>
        <source>Another program has {name} open. Close it there, then open it here.</source>
        <translation>Un autre programme a ouvert {name}. Fermez-le là-bas, puis ouvrez-le ici.</translation>
    </message>
    <message>
        <source>{name} is open in {program} (process {number} on {host}, since {time}). Close it there, then open it here. If Showtell no longer runs on {machine}, delete {lock} beside the project.</source>
        <translation>{name} est ouvert dans {program} (processus {number} sur {host}, depuis {time}). Fermez-le là-bas, puis ouvrez-le ici. Si Showtell ne tourne plus sur {machine}, supprimez {lock} à côté du projet.</translation>
    </message>
    <message>
        <source>{name} is open in {program} (process {number} on {host}, since {time}). Close it there, then open it here.</source>
        <translation>{name} est ouvert dans {program} (processus {number} sur {host}, depuis {time}). Fermez-le là-bas, puis ouvrez-le ici.</translation>
    </message>
    <message>
        <source>{name} is open in {program} (process {number} on {host}). Close it there, then open it here. If Showtell no longer runs on {machine}, delete {lock} beside the project.</source>
        <translation>{name} est ouvert dans {program} (processus {number} sur {host}). Fermez-le là-bas, puis ouvrez-le ici. Si Showtell ne tourne plus sur {machine}, supprimez {lock} à côté du projet.</translation>
    </message>
    <message>
        <source>{name} is open in {program} (process {number} on {host}). Close it there, then open it here.</source>
        <translation>{name} est ouvert dans {program} (processus {number} sur {host}). Fermez-le là-bas, puis ouvrez-le ici.</translation>
    </message>
    <message>
        <source>Another program has {name} open. Close it there (its window, or a showtell command), then do this again.</source>
        <translation>Un autre programme a ouvert {name}. Fermez-le là-bas (sa fenêtre, ou une commande showtell), puis recommencez.</translation>
    </message>
    <message>
        <source>{name} cannot be renamed. Close it, then do this again.</source>
        <translation>{name} ne peut pas être renommé. Fermez-le, puis recommencez.</translation>
    </message>
    <message>
        <source>That project is not opened</source>
        <translation>Ce projet n’est pas ouvert</translation>
    </message>
    <message>
        <source>{name} has something in it that Showtell never puts there ({what}). Get it again from whoever gave it to you, or go back to a copy of it. The file was not changed.</source>
        <translation>{name} contient quelque chose que Showtell n’y met jamais ({what}). Redemandez-le à qui vous l’a donné, ou reprenez une copie. Le fichier n’a pas été modifié.</translation>
    </message>
    <message>
        <source>{name} has no {what} any longer. Go back to a copy of it. The file was not changed.</source>
        <translation>{name} n’a plus {what}. Reprenez une copie. Le fichier n’a pas été modifié.</translation>
    </message>
    <message>
        <source>{name} cannot be used: {what}. Go back to a copy of it. The file was not changed.</source>
        <translation>{name} ne peut pas être utilisé&#xa0;: {what}. Reprenez une copie. Le fichier n’a pas été modifié.</translation>
    </message>
    <message>
        <source>That is too large for a project</source>
        <translation>C’est trop grand pour un projet</translation>
    </message>
    <message>
        <source>{name} cannot have more than {most} MB in one piece. Leave it out; choose a smaller backbone if it is one.</source>
        <translation>{name} ne peut pas avoir plus de {most} Mo d’un seul tenant. Laissez-le de côté&#xa0;; choisissez un modèle de base plus petit si c’en est un.</translation>
    </message>
    <message>
        <source>There is no sound copy of it</source>
        <translation>Il n’y en a pas de copie saine</translation>
    </message>
    <message>
        <source>{name} was copied, and the copy is damaged ({what}). Run showtell check {path} to see what is wrong with it.</source>
        <translation>{name} a été copié, et la copie est endommagée ({what}). Lancez showtell check {path} pour voir ce qui ne va pas.</translation>
    </message>
    <message>
        <source>There are too many copies</source>
        <translation>Il y a trop de copies</translation>
    </message>
    <message>
        <source>{folder} has {most} of this second. Try again shortly.</source>
        <translation>{folder} en a {most} de cette seconde. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>The project has no id yet</source>
        <translation>Le projet n’a pas encore d’identifiant</translation>
    </message>
    <message>
        <source>An older Showtell made {name}. Open it once in the window.</source>
        <translation>Un Showtell plus ancien a fait {name}. Ouvrez-le une fois dans la fenêtre.</translation>
    </message>
    <message>
        <source>The project was not brought up to date</source>
        <translation>Le projet n’a pas été mis à jour</translation>
    </message>
    <message>
        <source>{name} was made by an older Showtell. A copy of it comes first, and could not be made: {why} The file was not changed. {remedy} Copies are kept in {folder}.</source>
        <translation>{name} a été fait par un Showtell plus ancien. Une copie doit d’abord en être faite, et n’a pas pu l’être&#xa0;: {why} Le fichier n’a pas été modifié. {remedy} Les copies sont gardées dans {folder}.</translation>
    </message>
    <message>
        <source>No copy was made before the consolidation</source>
        <translation>Aucune copie n’a été faite avant la consolidation</translation>
    </message>
    <message>
        <source>There is nothing to repair</source>
        <translation>Il n’y a rien à réparer</translation>
    </message>
    <message>
        <source>{name} has gone. Check the name.</source>
        <translation>{name} a disparu. Vérifiez le nom.</translation>
    </message>
    <message>
        <source>Nothing can be read of the project</source>
        <translation>Rien du projet ne peut être lu</translation>
    </message>
    <message>
        <source>{name} has no row left that can be read. Go back to a copy of it. The file was not changed.</source>
        <translation>{name} n’a plus rien de lisible. Reprenez une copie. Le fichier n’a pas été modifié.</translation>
    </message>
    <message>
        <source>What could be read makes no project</source>
        <translation>Ce qui a pu être lu ne fait pas un projet</translation>
    </message>
    <message>
        <source>Of {name}: {why} Go back to a copy of it. The file was not changed.</source>
        <translation>De {name}&#xa0;: {why} Reprenez une copie. Le fichier n’a pas été modifié.</translation>
    </message>
    <message>
        <source>The project cannot be read at all</source>
        <translation>Le projet ne peut pas être lu du tout</translation>
    </message>
    <message>
        <source>{name}: {why}. Go back to a copy of it.</source>
        <translation>{name}&#xa0;: {why}. Reprenez une copie.</translation>
    </message>
    <message>
        <source>The disk does not answer</source>
        <translation>Le disque ne répond pas</translation>
    </message>
    <message>
        <source>Reading or writing {name} failed ({why}). What was labelled before is safe. Check the disk or the network drive it is on, then open the project again.</source>
        <translation>Lire ou écrire {name} a échoué ({why}). Ce qui était déjà classé est en sécurité. Vérifiez le disque ou le lecteur réseau, puis rouvrez le projet.</translation>
    </message>
    <message>
        <source>There is no such folder</source>
        <translation>Ce dossier n’existe pas</translation>
    </message>
    <message>
        <source>{folder} does not exist. Make it first, or choose another.</source>
        <translation>{folder} n’existe pas. Créez-le d’abord, ou choisissez-en un autre.</translation>
    </message>
    <message>
        <source>There is no such project</source>
        <translation>Ce projet n’existe pas</translation>
    </message>
    <message>
        <source>{path} does not exist. Check the name.</source>
        <translation>{path} n’existe pas. Vérifiez le nom.</translation>
    </message>
    <message>
        <source>The project cannot be reached</source>
        <translation>Le projet est inaccessible</translation>
    </message>
    <message>
        <source>{path}: {why}. Check the name, and that you may read what is there.</source>
        <translation>{path}&#xa0;: {why}. Vérifiez le nom, et que vous avez le droit d’y lire.</translation>
    </message>
    <message>
        <source>That name does not work</source>
        <translation>Ce nom ne convient pas</translation>
    </message>
    <message>
        <source>A name has at least one character. Choose another name.</source>
        <translation>Un nom a au moins un caractère. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>A name has at most {most} characters; this one has {count}. Choose another name.</source>
        <translation>Un nom a au plus {most} caractères&#xa0;; celui-ci en a {count}. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>A name has no line breaks or control characters. Choose another name.</source>
        <translation>Un nom n’a ni saut de ligne ni caractère de contrôle. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>That name is taken</source>
        <translation>Ce nom est déjà pris</translation>
    </message>
    <message>
        <source>There is a class called {name} already. Choose another name.</source>
        <translation>Une catégorie s’appelle déjà {name}. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>There is no such class</source>
        <translation>Cette catégorie n’existe pas</translation>
    </message>
    <message>
        <source>Class {number} is not in the project. Choose another class.</source>
        <translation>La catégorie {number} n’est pas dans le projet. Choisissez une autre catégorie.</translation>
    </message>
    <message>
        <source>There is no such sample</source>
        <translation>Cet exemple n’existe pas</translation>
    </message>
    <message>
        <source>Sample {number} is not in the project. Choose another sample.</source>
        <translation>L’exemple {number} n’est pas dans le projet. Choisissez un autre exemple.</translation>
    </message>
    <message>
        <source>A stored picture is damaged</source>
        <translation>Une image gardée est abîmée</translation>
    </message>
    <message>
        <source>The picture of sample {number} in {name} cannot be read. Delete that sample, or go back to a copy of the project.</source>
        <translation>L’image de l’exemple {number} dans {name} ne peut pas être lue. Supprimez cet exemple, ou reprenez une copie du projet.</translation>
    </message>
    <message>
        <source>There is no such version</source>
        <translation>Cette version n’existe pas</translation>
    </message>
    <message>
        <source>Version {number} is not in the project. Choose another version.</source>
        <translation>La version {number} n’est pas dans le projet. Choisissez une autre version.</translation>
    </message>
    <message>
        <source>A version is damaged</source>
        <translation>Une version est abîmée</translation>
    </message>
    <message>
        <source>What is kept of version {number} is not what was written. Learn again, or restore another version.</source>
        <translation>Ce qui reste de la version {number} n’est plus ce qui avait été écrit. Relancez l’apprentissage, ou restaurez une autre version.</translation>
    </message>
    <message>
        <source>demo scene</source>
        <translation>scène de démo</translation>
    </message>
    <message>
        <source>camera {number}</source>
        <translation>caméra {number}</translation>
    </message>
    <message>
        <source>import: {name}</source>
        <translation>import&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Opening the camera</source>
        <translation>Ouverture de la caméra</translation>
    </message>
    <message>
        <source>The camera stopped</source>
        <translation>La caméra s’est arrêtée</translation>
    </message>
    <message>
        <source>{source} met an error of Showtell&apos;s own ({error}). Choose it again, or another camera, and please report it.</source>
        <translation>«&#xa0;{source}&#xa0;» a rencontré une erreur de Showtell même ({error}). Choisissez-la de nouveau, ou une autre caméra, et merci de signaler l’erreur.</translation>
    </message>
    <message>
        <source>Waiting for the picture</source>
        <translation>En attente de l’image</translation>
    </message>
    <message>
        <source>Nothing comes from {source}. Check its cable or its network, or choose another camera.</source>
        <translation>Aucune image de «&#xa0;{source}&#xa0;». Vérifiez le câble ou le réseau, ou choisissez une autre caméra.</translation>
    </message>
    <message>
        <source>The picture stands still</source>
        <translation>L’image est figée</translation>
    </message>
    <message>
        <source>{source} gives the same picture over and over. See that nothing covers it, plug it in again, or choose another camera.</source>
        <translation>{source} donne toujours la même image. Vérifiez que rien ne la couvre, rebranchez-la, ou choisissez une autre caméra.</translation>
    </message>
    <message>
        <source>The end of {source}</source>
        <translation>Fin de «&#xa0;{source}&#xa0;»</translation>
    </message>
    <message>
        <source>Choose another source, or this one again.</source>
        <translation>Choisissez une autre source, ou de nouveau celle-ci.</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Aucune caméra trouvée</translation>
    </message>
    <message>
        <source>This machine has no camera that answers. Plug one in, or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>Aucune caméra ne répond sur cet ordinateur. Branchez-en une, ou prenez une vidéo, l’adresse d’un téléphone ou la scène de démo.</translation>
    </message>
    <message>
        <source>There is no such camera</source>
        <translation>Cette caméra n’existe pas</translation>
    </message>
    <message>
        <source>There is no camera {number}. Choose one that is there: {cameras}; or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>Il n’y a pas de caméra {number}. Choisissez-en une qui existe&#xa0;: {cameras}&#xa0;; ou prenez une vidéo, l’adresse d’un téléphone ou la scène de démo.</translation>
    </message>
    <message>
        <source>The camera may not be used</source>
        <translation>L’accès à la caméra est refusé</translation>
    </message>
    <message>
        <source>The system does not let Showtell use camera {number}. {how} The picture then comes by itself. Or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>Le système ne laisse pas Showtell utiliser la caméra {number}. {how} L’image viendra alors d’elle-même. Ou prenez une vidéo, l’adresse d’un téléphone ou la scène de démo.</translation>
    </message>
    <message>
        <source>Switch it on for Showtell in System Settings › Privacy &amp; Security › Camera.</source>
        <translation>Autorisez-la pour Showtell dans Réglages Système › Confidentialité et sécurité › Caméra.</translation>
    </message>
    <message>
        <source>Switch it on in Settings › Privacy &amp; security › Camera.</source>
        <translation>Autorisez-la dans Paramètres › Confidentialité et sécurité › Caméra.</translation>
    </message>
    <message>
        <source>Ask whoever looks after this computer to put you into the group “video”.</source>
        <translation>Demandez à la personne qui gère cet ordinateur de vous ajouter au groupe «&#xa0;video&#xa0;».</translation>
    </message>
    <message>
        <source>Another program has the camera</source>
        <translation>Un autre programme utilise la caméra</translation>
    </message>
    <message>
        <source>{program} is using camera {number}. Close it there, and the picture comes by itself; or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>{program} utilise la caméra {number}. Fermez-la là-bas, et l’image viendra d’elle-même&#xa0;; ou prenez une vidéo, l’adresse d’un téléphone ou la scène de démo.</translation>
    </message>
    <message>
        <source>The camera does not answer</source>
        <translation>La caméra ne répond pas</translation>
    </message>
    <message>
        <source>Camera {number} is there but gives no picture: another program may be using it, or the system does not allow it. Close that program, allow the camera in the system&apos;s settings, or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>La caméra {number} est là mais ne donne pas d’image&#xa0;: un autre programme l’utilise peut-être, ou le système ne le permet pas. Fermez ce programme, autorisez la caméra dans les réglages du système, ou prenez une vidéo, l’adresse d’un téléphone ou la scène de démo.</translation>
    </message>
    <message>
        <source>The camera has gone</source>
        <translation>La caméra n’est plus là</translation>
    </message>
    <message>
        <source>Camera {number} sends no new pictures any more. Plug it in again, or use a clip, a phone&apos;s address or the demo scene.</source>
        <translation>La caméra {number} n’envoie plus d’images. Rebranchez-la, ou prenez une vidéo, l’adresse d’un téléphone ou la scène de démo.</translation>
    </message>
    <message>
        <source>There are no pictures</source>
        <translation>Il n’y a pas d’images</translation>
    </message>
    <message>
        <source>{path} has no picture in it that can be read. Choose another one, or the demo scene.</source>
        <translation>{path} ne contient aucune image lisible. Choisissez autre chose, ou la scène de démo.</translation>
    </message>
    <message>
        <source>That is not a camera</source>
        <translation>Ce n’est pas une caméra</translation>
    </message>
    <message>
        <source>{text} is no camera number, file, folder or address. Give a number such as 0, a clip, a folder of pictures, an address, or take the demo scene.</source>
        <translation>{text} n’est ni un numéro de caméra, ni un fichier, ni un dossier, ni une adresse. Donnez un numéro comme 0, une vidéo, un dossier d’images, une adresse, ou prenez la scène de démo.</translation>
    </message>
    <message>
        <source>The address does not answer</source>
        <translation>L’adresse ne répond pas</translation>
    </message>
    <message>
        <source>No pictures come from {address}. Check that the phone shows this address and is in the same network, or use another camera or the demo scene.</source>
        <translation>Aucune image ne vient de {address}. Vérifiez que le téléphone affiche cette adresse et qu’il est sur le même réseau, ou prenez une autre caméra ou la scène de démo.</translation>
    </message>
    <message>
        <source>The pictures stopped</source>
        <translation>Les images se sont arrêtées</translation>
    </message>
    <message>
        <source>{address} sends no more. Check the phone&apos;s app and its network; the picture comes back by itself.</source>
        <translation>{address} n’envoie plus rien. Vérifiez l’application du téléphone et son réseau&#xa0;; l’image reviendra d’elle-même.</translation>
    </message>
    <message>
        <source>That clip cannot be played</source>
        <translation>Cette vidéo ne peut pas être lue</translation>
    </message>
    <message>
        <source>{name} is missing, damaged, or not a video that OpenCV knows. Choose another one, save it as MP4, or use the demo scene.</source>
        <translation>{name} est introuvable, abîmé, ou n’est pas une vidéo qu’OpenCV connaît. Choisissez-en une autre, enregistrez-la en MP4, ou prenez la scène de démo.</translation>
    </message>
    <message>
        <source>There is nothing to export</source>
        <translation>Il n’y a rien à exporter</translation>
    </message>
    <message>
        <source>The project has no labelled samples. Name a thing and record it first.</source>
        <translation>Le projet n’a pas d’exemples classés. Nommez d’abord une chose et filmez-la.</translation>
    </message>
    <message>
        <source>There is no name left</source>
        <translation>Il n’y a plus de nom libre</translation>
    </message>
    <message>
        <source>{folder} has too many folders called {name}. Choose another folder.</source>
        <translation>{folder} a trop de dossiers nommés {name}. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The pictures cannot be written</source>
        <translation>Les images ne peuvent pas être écrites</translation>
    </message>
    <message>
        <source>{folder} cannot be written to ({why}). Choose another folder.</source>
        <translation>Impossible d’écrire dans {folder} ({why}). Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>There is no room for the pictures in {folder}. Make room, or choose another disk.</source>
        <translation>Il n’y a pas de place pour les images dans {folder}. Libérez de la place, ou choisissez un autre disque.</translation>
    </message>
    <message>
        <source>The export broke off</source>
        <translation>L’export s’est interrompu</translation>
    </message>
    <message>
        <source>Its process ended (exit code {code}). Nothing was written.</source>
        <translation>Son processus s’est terminé (code {code}). Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>The export stopped</source>
        <translation>L’export s’est arrêté</translation>
    </message>
    <message>
        <source>{path} is there already, and nothing is written over. Choose another name.</source>
        <translation>{path} existe déjà, et rien n’est remplacé. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>There is no room for {path}. Make room, or choose another disk.</source>
        <translation>Il n’y a pas de place pour {path}. Libérez de la place, ou choisissez un autre disque.</translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation>Le fichier ne peut pas être écrit</translation>
    </message>
    <message>
        <source>{path} cannot be written ({why}). Choose another place for it.</source>
        <translation>{path} ne peut pas être écrit ({why}). Choisissez un autre endroit.</translation>
    </message>
    <message>
        <source>The project has changed</source>
        <translation>Le projet a changé</translation>
    </message>
    <message>
        <source>A sample that was to be exported is gone. Export it once more.</source>
        <translation>Un exemple à exporter n’est plus là. Exportez encore une fois.</translation>
    </message>
    <message>
        <source>Nothing has been learned yet</source>
        <translation>Rien n’a encore été appris</translation>
    </message>
    <message>
        <source>{name} has no version to export. Add labelled pictures and learn them first.</source>
        <translation>{name} n’a pas de version à exporter. Ajoutez d’abord des images classées et faites-les apprendre.</translation>
    </message>
    <message>
        <source>The classes of version {number} have been removed. Add labelled pictures and learn them first.</source>
        <translation>Les catégories de la version {number} ont été supprimées. Ajoutez d’abord des images classées et faites-les apprendre.</translation>
    </message>
    <message>
        <source>There is nothing to compare with</source>
        <translation>Il n’y a rien pour comparer</translation>
    </message>
    <message>
        <source>The project has no pictures that could show whether the exported model answers as the app does. Record some.</source>
        <translation>Le projet n’a pas d’images pour vérifier que le modèle exporté répond comme Showtell. Filmez-en quelques-unes.</translation>
    </message>
    <message>
        <source>The model cannot be converted</source>
        <translation>Le modèle ne peut pas être converti</translation>
    </message>
    <message>
        <source>{why}. Choose another format.</source>
        <translation>{why}. Choisissez un autre format.</translation>
    </message>
    <message>
        <source>ONNX is not installed</source>
        <translation>ONNX n’est pas installé</translation>
    </message>
    <message>
        <source>{modules} cannot be found. Run pip install &apos;showtell[onnx]&apos;.</source>
        <translation>Introuvable&#xa0;: {modules}. Lancez pip install &apos;showtell[onnx]&apos;.</translation>
    </message>
    <message>
        <source>The exported model answers otherwise</source>
        <translation>Le modèle exporté répond autrement</translation>
    </message>
    <message>
        <source>{figures} Export it at full size (float32), or keep it all the same (--force).</source>
        <translation>{figures} Exportez-le en taille entière (float32), ou gardez-le quand même (--force).</translation>
    </message>
    <message>
        <source>It came to the same class as the app for {share} of {count} pictures, {held_out} of them held out; no probability differed by more than {difference}. A picture took it {milliseconds} ms and the app {app} ms. At least {required} were wanted, so it was not kept.</source>
        <translation>Il a trouvé la même catégorie que Showtell pour {share} des {count} images, dont {held_out} mises de côté&#xa0;; aucune probabilité n’a différé de plus de {difference}. Une image lui a pris {milliseconds}&#xa0;ms, et {app}&#xa0;ms à Showtell. Il fallait au moins {required}, il n’a donc pas été gardé.</translation>
    </message>
    <message>
        <source>A file of Showtell is missing</source>
        <translation>Il manque un fichier de Showtell</translation>
    </message>
    <message>
        <source>That cannot be imported</source>
        <translation>Cela ne peut pas être importé</translation>
    </message>
    <message>
        <source>{path} is nothing that Showtell can read pictures from. Give it class folders, a table (.csv), an archive of these (.zip), a Teachable Machine project (.tm), a project (.showtell), clips or pictures.</source>
        <translation>Showtell ne peut lire aucune image dans {path}. Prenez des dossiers de catégories, un tableau (.csv), une archive de ceux-ci (.zip), un projet Teachable Machine (.tm), un projet (.showtell), des vidéos ou des images.</translation>
    </message>
    <message>
        <source>That cannot be read</source>
        <translation>Cela ne peut pas être lu</translation>
    </message>
    <message>
        <source>{path} cannot be read ({why}). Check the path, and that you may.</source>
        <translation>{path} ne peut pas être lu ({why}). Vérifiez le chemin, et que vous avez le droit d’y lire.</translation>
    </message>
    <message>
        <source>That has labels of its own</source>
        <translation>Cela a déjà ses catégories</translation>
    </message>
    <message>
        <source>{path} says itself what it shows. Leave out --label.</source>
        <translation>{path} dit déjà ce qu’il montre. Retirez --label.</translation>
    </message>
    <message>
        <source>What do they show?</source>
        <translation>Qu’est-ce qu’on y voit&#xa0;?</translation>
    </message>
    <message>
        <source>{path} is {kind} and does not say what it shows. Say it with --label, or put the pictures of each class into a folder named after the class.</source>
        <translation>{path} ({kind}) ne dit pas ce qu’il montre. Dites-le avec --label, ou mettez les images de chaque catégorie dans un dossier qui porte son nom.</translation>
    </message>
    <message>
        <source>There are no class folders</source>
        <translation>Il n’y a pas de dossiers de catégories</translation>
    </message>
    <message>
        <source>{folder} has no folders in it. Put the pictures of each class into a folder named after the class.</source>
        <translation>{folder} ne contient aucun dossier. Mettez les images de chaque catégorie dans un dossier qui porte son nom.</translation>
    </message>
    <message>
        <source>That archive cannot be read</source>
        <translation>Cette archive ne peut pas être lue</translation>
    </message>
    <message>
        <source>{path} is damaged or no zip archive ({why}). Get it again, or pack it anew.</source>
        <translation>{path} est abîmé ou n’est pas une archive zip ({why}). Procurez-vous à nouveau le fichier, ou refaites l’archive.</translation>
    </message>
    <message>
        <source>{path} is damaged or no zip archive. Get it again, or pack it anew.</source>
        <translation>{path} est abîmé ou n’est pas une archive zip. Procurez-vous à nouveau le fichier, ou refaites l’archive.</translation>
    </message>
    <message>
        <source>That archive is not opened</source>
        <translation>Cette archive n’est pas ouverte</translation>
    </message>
    <message>
        <source>{path} could do harm: {why}. Unpack it yourself if you trust it.</source>
        <translation>{path} pourrait causer des dégâts&#xa0;: {why}. Décompressez l’archive vous-même si vous avez confiance.</translation>
    </message>
    <message>
        <source>That clip cannot be read</source>
        <translation>Cette vidéo ne peut pas être lue</translation>
    </message>
    <message>
        <source>{path} is damaged, or not a video that OpenCV knows. Save it as MP4, and import that.</source>
        <translation>{path} est abîmé, ou n’est pas une vidéo qu’OpenCV connaît. Enregistrez-la en MP4, et importez ce fichier.</translation>
    </message>
    <message>
        <source>That is this project</source>
        <translation>C’est ce projet même</translation>
    </message>
    <message>
        <source>{path} cannot be imported into itself. Choose another project.</source>
        <translation>{path} ne peut pas être importé dans lui-même. Choisissez un autre projet.</translation>
    </message>
    <message>
        <source>That table cannot be read</source>
        <translation>Ce tableau ne peut pas être lu</translation>
    </message>
    <message>
        <source>{path} has no column of paths. Give it a first line with the words path,label, and a picture and its class in each line below.</source>
        <translation>{path} n’a pas de colonne de chemins. Donnez-lui une première ligne avec les mots path,label, puis une image et sa catégorie par ligne.</translation>
    </message>
    <message>
        <source>Showtell learns from pictures</source>
        <translation>Showtell apprend à partir d’images</translation>
    </message>
    <message>
        <source>{path} is a Teachable Machine project of {kind}. Choose one of an image project.</source>
        <translation>{path} est un projet Teachable Machine d’un autre type ({kind}). Choisissez un projet d’images.</translation>
    </message>
    <message>
        <source>That project cannot be read</source>
        <translation>Ce projet ne peut pas être lu</translation>
    </message>
    <message>
        <source>{path} has no pictures where Teachable Machine is known to keep them. Choose &quot;Download samples&quot; in the menu of each class there, and import these files.</source>
        <translation>{path} n’a pas d’images là où Teachable Machine les garde d’habitude. Choisissez là-bas «&#xa0;Download samples&#xa0;» dans le menu de chaque catégorie, et importez ces fichiers.</translation>
    </message>
    <message>
        <source>That is no address of this machine</source>
        <translation>Ce n’est pas une adresse de cet ordinateur</translation>
    </message>
    <message>
        <source>Nobody can listen at {host} ({why}). Leave out --host to be reached from this machine.</source>
        <translation>Impossible d’être joint à l’adresse {host} ({why}). Retirez --host pour être joint depuis cet ordinateur.</translation>
    </message>
    <message>
        <source>What has come makes no sense</source>
        <translation>Ce qui est arrivé n’a pas de sens</translation>
    </message>
    <message>
        <source>What other laptops have sent cannot be what they know ({why}). Nothing of it was kept. Ask whoever serves the fleet which Showtell it is.</source>
        <translation>Ce que d’autres ordinateurs ont envoyé ne peut pas être ce qu’ils savent ({why}). Rien n’en a été gardé. Demandez à la personne qui mène la flotte quel Showtell c’est.</translation>
    </message>
    <message>
        <source>That is not an address</source>
        <translation>Ce n’est pas une adresse</translation>
    </message>
    <message>
        <source>{address} has no port. Write it as the serving laptop shows it.</source>
        <translation>{address} n’a pas de port. Écrivez-la comme l’ordinateur qui mène la flotte l’affiche.</translation>
    </message>
    <message>
        <source>That is not a join code</source>
        <translation>Ce n’est pas un code d’adhésion</translation>
    </message>
    <message>
        <source>A join code has six groups of four letters and digits, and {code} has not. Copy it from the laptop that serves the fleet.</source>
        <translation>Un code d’adhésion a six groupes de quatre lettres et chiffres, et {code} ne les a pas. Copiez-le depuis l’ordinateur qui mène la flotte.</translation>
    </message>
    <message>
        <source>Nobody serves a fleet there</source>
        <translation>Personne ne mène de flotte à cet endroit</translation>
    </message>
    <message>
        <source>{address} does not answer ({why}). Check the address, that both are in the same network, and that its firewall lets the port through.</source>
        <translation>{address} ne répond pas ({why}). Vérifiez l’adresse, que les deux sont dans le même réseau et que son pare-feu laisse passer le port.</translation>
    </message>
    <message>
        <source>That is another laptop</source>
        <translation>C’est un autre ordinateur</translation>
    </message>
    <message>
        <source>What answers at {address} is not the laptop that the join code came from. Check the code. If it is right, somebody else in the network pretends to be that laptop: do not join.</source>
        <translation>Ce qui répond à {address} n’est pas l’ordinateur d’où vient le code d’adhésion. Vérifiez le code. S’il est juste, quelqu’un d’autre dans le réseau se fait passer pour cet ordinateur&#xa0;: ne rejoignez pas.</translation>
    </message>
    <message>
        <source>The fleet does not answer</source>
        <translation>La flotte ne répond pas</translation>
    </message>
    <message>
        <source>{address}: {why}. Try again in a moment.</source>
        <translation>{address}&#xa0;: {why}. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>The fleet has another backbone</source>
        <translation>La flotte a un autre modèle de base</translation>
    </message>
    <message>
        <source>What one backbone sees means nothing to another, and this project&apos;s is not the one of the fleet. Use the same one on all laptops: `showtell backbone use PROJECT FILE`.</source>
        <translation>Ce que voit un modèle de base ne dit rien à un autre, et celui de ce projet n’est pas celui de la flotte. Utilisez le même sur tous les ordinateurs&#xa0;: `showtell backbone use PROJECT FILE`.</translation>
    </message>
    <message>
        <source>The fleet does not let this laptop in</source>
        <translation>La flotte ne laisse pas entrer cet ordinateur</translation>
    </message>
    <message>
        <source>The join code is not the fleet&apos;s, or too many wrong ones have been tried. Copy the code from the serving laptop, or start the fleet there once more for a new one.</source>
        <translation>Le code d’adhésion n’est pas celui de la flotte, ou trop de mauvais codes ont été essayés. Copiez le code depuis l’ordinateur qui mène la flotte, ou relancez-la là-bas pour en avoir un nouveau.</translation>
    </message>
    <message>
        <source>A part of Flower has stopped</source>
        <translation>Une partie de Flower s’est arrêtée</translation>
    </message>
    <message>
        <source>{part} has ended: {why} Start the fleet once more.</source>
        <translation>{part} s’est terminé&#xa0;: {why} Relancez la flotte.</translation>
    </message>
    <message>
        <source>Flower is not installed</source>
        <translation>Flower n’est pas installé</translation>
    </message>
    <message>
        <source>A fleet takes Flower, of which {part} is not there. Install it with `pip install &quot;showtell[fleet]&quot;`.</source>
        <translation>Une flotte a besoin de Flower, dont {part} manque. Installez-le avec `pip install &quot;showtell[fleet]&quot;`.</translation>
    </message>
    <message>
        <source>There is no room for {path}.</source>
        <translation>Il n’y a pas de place pour {path}.</translation>
    </message>
    <message>
        <source>Make room, or choose another disk.</source>
        <translation>Faites de la place, ou choisissez un autre disque.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({why}).</source>
        <translation>{path} ne peut pas être écrit ({why}).</translation>
    </message>
    <message>
        <source>Choose another place for it.</source>
        <translation>Choisissez un autre endroit.</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>{project} samples</source>
        <translation>exemples de {project}</translation>
    </message>
    <message>
        <source>{project} model</source>
        <translation>modèle de {project}</translation>
    </message>
    <message>
        <source>For another program or a Raspberry Pi</source>
        <translation>Pour un autre programme ou un Raspberry Pi</translation>
    </message>
    <message>
        <source>A zip with the model, the names of its classes, and a short program that asks it. It runs wherever Python does, without Showtell.</source>
        <translation>Un zip avec le modèle, les noms de ses catégories et un court programme qui l’interroge. Il marche partout où il y a Python, sans Showtell.</translation>
    </message>
    <message>
        <source>Zip archives (*.zip)</source>
        <translation>Archives zip (*.zip)</translation>
    </message>
    <message>
        <source>LiteRT model</source>
        <translation>Modèle LiteRT</translation>
    </message>
    <message>
        <source>One file for apps on phones and for small computers (TensorFlow Lite).</source>
        <translation>Un fichier pour les applications de téléphone et les petits ordinateurs (TensorFlow Lite).</translation>
    </message>
    <message>
        <source>LiteRT models (*.tflite)</source>
        <translation>Modèles LiteRT (*.tflite)</translation>
    </message>
    <message>
        <source>Keras</source>
        <translation>Keras</translation>
    </message>
    <message>
        <source>One file for who goes on with the model in Python.</source>
        <translation>Un fichier pour qui continue avec le modèle en Python.</translation>
    </message>
    <message>
        <source>Keras models (*.keras)</source>
        <translation>Modèles Keras (*.keras)</translation>
    </message>
    <message>
        <source>TensorFlow SavedModel</source>
        <translation>TensorFlow SavedModel</translation>
    </message>
    <message>
        <source>A folder for TensorFlow&apos;s own tools and servers.</source>
        <translation>Un dossier pour les outils et les serveurs de TensorFlow.</translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation>ONNX</translation>
    </message>
    <message>
        <source>One file for programs in other languages, which run it with ONNX Runtime.</source>
        <translation>Un fichier pour les programmes dans d’autres langages, qui l’utilisent avec ONNX Runtime.</translation>
    </message>
    <message>
        <source>ONNX models (*.onnx)</source>
        <translation>Modèles ONNX (*.onnx)</translation>
    </message>
    <message>
        <source>Samples as folders</source>
        <translation>Exemples en dossiers</translation>
    </message>
    <message>
        <source>For other programs and for people: a folder of JPEG pictures for each class, and a table that says when each was taken and in which recording.</source>
        <translation>Pour d’autres programmes et pour vous&#xa0;: un dossier d’images JPEG par catégorie, et un tableau qui dit quand chacune a été prise et dans quelle prise.</translation>
    </message>
    <message>
        <source>Numbers for other programs</source>
        <translation>Nombres pour d’autres programmes</translation>
    </message>
    <message>
        <source>What the model makes of each sample, for who explores it with NumPy.</source>
        <translation>Ce que le modèle fait de chaque exemple, pour qui l’explore avec NumPy.</translation>
    </message>
    <message>
        <source>NumPy arrays (*.npz)</source>
        <translation>Tableaux NumPy (*.npz)</translation>
    </message>
    <message>
        <source>Report as a web page</source>
        <translation>Rapport en page web</translation>
    </message>
    <message>
        <source>One page to read or to send: what it knows, how often it is right, what it mixes up, and some of the samples.</source>
        <translation>Une page à lire ou à envoyer&#xa0;: ce qu’il connaît, combien de fois il a raison, ce qu’il confond, et quelques exemples.</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>Pages web (*.html)</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Entière</translation>
    </message>
    <message>
        <source>All its numbers as they are</source>
        <translation>Tous ses nombres tels quels</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>Moitié</translation>
    </message>
    <message>
        <source>Half as large, and hardly another answer</source>
        <translation>Deux fois plus petit, et presque jamais une autre réponse</translation>
    </message>
    <message>
        <source>Quarter</source>
        <translation>Quart</translation>
    </message>
    <message>
        <source>A quarter as large, and faster on small computers. Its answers may differ now and then: it is tried on your own samples before it is kept.</source>
        <translation>Quatre fois plus petit, et plus rapide sur de petits ordinateurs. Ses réponses peuvent parfois différer&#xa0;: il est essayé sur vos propres exemples avant d’être gardé.</translation>
    </message>
    <message>
        <source>{path} is written: {size}.</source>
        <translation>{path} est écrit&#xa0;: {size}.</translation>
    </message>
    <message>
        <source>There are {samples} in it.</source>
        <translation>Contenu&#xa0;: {samples}.</translation>
    </message>
    <message>
        <source>It answers like this window for {same} of {count} pictures; {milliseconds} ms a picture.</source>
        <translation>Il répond comme cette fenêtre pour {same} images sur {count}&#xa0;; {milliseconds}&#xa0;ms par image.</translation>
    </message>
    <message>
        <source>{done} of {total} samples</source>
        <translation>{done} exemples sur {total}</translation>
    </message>
    <message>
        <source>Making the model…</source>
        <translation>Création du modèle…</translation>
    </message>
    <message>
        <source>Asking this window: {done} of {total} pictures</source>
        <translation>Questions à cette fenêtre&#xa0;: {done} images sur {total}</translation>
    </message>
    <message>
        <source>Asking the new model: {done} of {total} pictures</source>
        <translation>Questions au nouveau modèle&#xa0;: {done} images sur {total}</translation>
    </message>
</context>
<context>
    <name>ExportCard</name>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Take it along: a model that answers elsewhere as it does here, the samples, or a report.</source>
        <translation>À emporter&#xa0;: un modèle qui répond ailleurs comme ici, les exemples, ou un rapport.</translation>
    </message>
    <message>
        <source>Size of the model</source>
        <translation>Taille du modèle</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>To install it</source>
        <translation>Pour l’installer</translation>
    </message>
    <message>
        <source>Copy the command that installs it</source>
        <translation>Copier la commande qui l’installe</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>La même chose en ligne de commande</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copier la commande</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Ce qui est exporté</translation>
    </message>
    <message>
        <source>Choose what is to be written</source>
        <translation>Choisir ce qui doit être écrit</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Progression de l’export</translation>
    </message>
    <message>
        <source>How far the export is</source>
        <translation>Où en est l’export</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Choose where it is to be. Nothing that exists is written over.</source>
        <translation>Choisir où le mettre. Rien de ce qui existe n’est remplacé.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Stop the export, and remove what was written so far</source>
        <translation>Arrêter l’export, et supprimer ce qui a été écrit jusqu’ici</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Open the folder with what was written in the file manager</source>
        <translation>Ouvrir dans le gestionnaire de fichiers le dossier de ce qui a été écrit</translation>
    </message>
    <message>
        <source>Write it all the same</source>
        <translation>Écrire quand même</translation>
    </message>
    <message>
        <source>Export it once more, and keep it although it answers otherwise</source>
        <translation>Exporter encore une fois, et le garder bien qu’il réponde autrement</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was left behind.</source>
        <translation>Annulé. Il n’en reste rien.</translation>
    </message>
    <message>
        <source>Where is the new folder to be?</source>
        <translation>Où mettre le nouveau dossier&#xa0;?</translation>
    </message>
    <message>
        <source>Where is it to be?</source>
        <translation>Où le mettre&#xa0;?</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Préparation…</translation>
    </message>
    <message>
        <source>ONNX is not installed here. Install it, and start Showtell again.</source>
        <translation>ONNX n’est pas installé ici. Installez-le, et relancez Showtell.</translation>
    </message>
    <message>
        <source>Nothing has been learned yet, so there is no model. Teach it two things first.</source>
        <translation>Rien n’a encore été appris, il n’y a donc pas de modèle. Apprenez-lui d’abord deux choses.</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>The log cannot be written</source>
        <translation>Impossible d’écrire le journal</translation>
    </message>
    <message>
        <source>{path} cannot be written to ({why}).</source>
        <translation>Impossible d’écrire dans {path} ({why}).</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Choisissez un autre fichier.</translation>
    </message>
    <message>
        <source>Neither {folder} nor your data folder can be written to.</source>
        <translation>Impossible d’écrire dans {folder} et dans votre dossier de données.</translation>
    </message>
    <message>
        <source>There is no place for a project</source>
        <translation>Il n’y a pas de place pour un projet</translation>
    </message>
    <message>
        <source>Name a file where you may write: showtell FOLDER/desk.showtell</source>
        <translation>Nommez un fichier là où vous avez le droit d’écrire&#xa0;: showtell DOSSIER/bureau.showtell</translation>
    </message>
    <message>
        <source>The sound cannot be played</source>
        <translation>Le son ne peut pas être joué</translation>
    </message>
    <message>
        <source>{path} cannot be read ({why}).</source>
        <translation>{path} ne peut pas être lu ({why}).</translation>
    </message>
    <message>
        <source>Choose another sound.</source>
        <translation>Choisissez un autre son.</translation>
    </message>
    <message>
        <source>{path} is no WAV file.</source>
        <translation>{path} n’est pas un fichier WAV.</translation>
    </message>
    <message>
        <source>Choose a WAV file.</source>
        <translation>Choisissez un fichier WAV.</translation>
    </message>
    <message>
        <source>This computer has no program aplay.</source>
        <translation>Cet ordinateur n’a pas le programme aplay.</translation>
    </message>
    <message>
        <source>Install the package alsa-utils.</source>
        <translation>Installez le paquet alsa-utils.</translation>
    </message>
    <message>
        <source>Look whether this computer plays sounds at all.</source>
        <translation>Vérifiez que cet ordinateur peut jouer des sons.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Open the same file again</source>
        <translation>Rouvrir le même fichier</translation>
    </message>
    <message>
        <source>Open another project</source>
        <translation>Ouvrir un autre projet</translation>
    </message>
    <message>
        <source>Choose another project file</source>
        <translation>Choisir un autre fichier de projet</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Nouveau projet</translation>
    </message>
    <message>
        <source>Start a new project file</source>
        <translation>Commencer un nouveau fichier de projet</translation>
    </message>
    <message>
        <source>Show its folder</source>
        <translation>Afficher son dossier</translation>
    </message>
    <message>
        <source>Look at the file in its folder</source>
        <translation>Voir le fichier dans son dossier</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Choisir un autre dossier</translation>
    </message>
    <message>
        <source>Keep backups where there is room for them, then try again</source>
        <translation>Garder les sauvegardes là où il y a de la place, puis réessayer</translation>
    </message>
    <message>
        <source>Save what can be read</source>
        <translation>Sauver ce qui est lisible</translation>
    </message>
    <message>
        <source>Make a new project of it; the damaged file is set aside and stays as it is</source>
        <translation>En faire un nouveau projet&#xa0;; le fichier endommagé est mis de côté et reste tel quel</translation>
    </message>
    <message>
        <source>Put back the backup of {moment}</source>
        <translation>Remettre la sauvegarde de {moment}</translation>
    </message>
    <message>
        <source>Use that copy; the damaged file is set aside and stays as it is</source>
        <translation>Utiliser cette copie&#xa0;; le fichier endommagé est mis de côté et reste tel quel</translation>
    </message>
    <message>
        <source>Choose another camera</source>
        <translation>Choisir une autre caméra</translation>
    </message>
    <message>
        <source>Pick a camera, a clip, a folder or an address</source>
        <translation>Choisir une caméra, une vidéo, un dossier ou une adresse</translation>
    </message>
    <message>
        <source>Use the demo scene</source>
        <translation>Prendre la scène de démo</translation>
    </message>
    <message>
        <source>Try it without a camera</source>
        <translation>Essayer sans caméra</translation>
    </message>
    <message>
        <source>Open the system&apos;s settings</source>
        <translation>Ouvrir les réglages du système</translation>
    </message>
    <message>
        <source>Go to the switch that lets programs use the camera</source>
        <translation>Aller au réglage qui autorise la caméra aux programmes</translation>
    </message>
    <message>
        <source>The backbone cannot be saved</source>
        <translation>Impossible d’enregistrer le modèle de base</translation>
    </message>
    <message>
        <source>The project does not have its file.</source>
        <translation>Le projet n’a pas son fichier.</translation>
    </message>
    <message>
        <source>Consolidate first.</source>
        <translation>Consolidez d’abord.</translation>
    </message>
    <message>
        <source>There is a file called {name} already.</source>
        <translation>Il y a déjà un fichier nommé {name}.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The system gives it no process ({why}). Close other programs.</source>
        <translation>Le système ne lui donne pas de processus ({why}). Fermez d’autres programmes.</translation>
    </message>
    <message>
        <source>The export cannot be started</source>
        <translation>L’export ne peut pas démarrer</translation>
    </message>
    <message>
        <source>Serving needs more than is installed</source>
        <translation>Pour répondre à d’autres programmes, il manque quelque chose</translation>
    </message>
    <message>
        <source>{module} is not there.</source>
        <translation>{module} n’est pas là.</translation>
    </message>
    <message>
        <source>Install it with: {command}</source>
        <translation>Installez-le avec&#xa0;: {command}</translation>
    </message>
</context>
<context>
    <name>FileDrops</name>
    <message>
        <source>adding to {name}: {samples} so far · Esc stops it</source>
        <translation>ajout à {name}&#xa0;: {samples} pour l’instant · Échap arrête</translation>
    </message>
    <message>
        <source>Left out: {names}. Save them as JPEG or PNG, clips as MP4, and drop them again.</source>
        <translation>Laissés de côté&#xa0;: {names}. Enregistrez-les en JPEG ou PNG, les vidéos en MP4, et déposez-les de nouveau.</translation>
    </message>
    <message>
        <source>{samples} added</source>
        <translation>Ajout&#xa0;: {samples}</translation>
    </message>
    <message>
        <source>1 could not be read</source>
        <translation>1 n’a pas pu être lu</translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation>{count} n’ont pas pu être lus</translation>
    </message>
    <message>
        <source>1 was there already</source>
        <translation>1 y était déjà</translation>
    </message>
    <message>
        <source>{count} were there already</source>
        <translation>{count} y étaient déjà</translation>
    </message>
    <message>
        <source>1 is in another class</source>
        <translation>1 est dans une autre catégorie</translation>
    </message>
    <message>
        <source>{count} are in another class</source>
        <translation>{count} sont dans une autre catégorie</translation>
    </message>
    <message>
        <source>then you stopped it</source>
        <translation>puis vous avez arrêté</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>New project</source>
        <translation>Nouveau projet</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ouvrir un projet</translation>
    </message>
    <message>
        <source>Clips (*.mp4 *.avi *.mov *.mkv *.webm *.m4v);;All files (*)</source>
        <translation>Vidéos (*.mp4 *.avi *.mov *.mkv *.webm *.m4v);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Choose a clip</source>
        <translation>Choisir une vidéo</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>Choisir un dossier d’images</translation>
    </message>
    <message>
        <source>Pictures, clips, archives, tables, projects ({endings});;All files (*)</source>
        <translation>Images, vidéos, archives, tableaux, projets ({endings});;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>Importer des fichiers</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>Importer un dossier</translation>
    </message>
    <message>
        <source>Address of a phone</source>
        <translation>Adresse d’un téléphone</translation>
    </message>
    <message>
        <source>The address that the phone&apos;s camera app shows, like http://…/video:</source>
        <translation>L’adresse qu’affiche l’application caméra du téléphone, comme http://…/video&#xa0;:</translation>
    </message>
    <message>
        <source>Backbones (*.keras *.showtell-backbone)</source>
        <translation>Modèles de base (*.keras *.showtell-backbone)</translation>
    </message>
    <message>
        <source>Choose a backbone</source>
        <translation>Choisir un modèle de base</translation>
    </message>
    <message>
        <source>Showtell backbones (*.showtell-backbone)</source>
        <translation>Modèles de base de Showtell (*.showtell-backbone)</translation>
    </message>
    <message>
        <source>Save the backbone</source>
        <translation>Enregistrer le modèle de base</translation>
    </message>
    <message>
        <source>Showtell projects (*.showtell)</source>
        <translation>Projets Showtell (*.showtell)</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Show all samples again, and not only: {title}</source>
        <translation>Afficher de nouveau tous les exemples, pas seulement&#xa0;: {title}</translation>
    </message>
    <message>
        <source>Recording of {when}</source>
        <translation>Prise&#xa0;: {when}</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Prise</translation>
    </message>
    <message>
        <source>Only the samples of one recording</source>
        <translation>Seulement les exemples d’une prise</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Only the samples of a day, or of a week</source>
        <translation>Seulement les exemples d’un jour, ou d’une semaine</translation>
    </message>
    <message>
        <source>Only the samples of one class</source>
        <translation>Seulement les exemples d’une catégorie</translation>
    </message>
    <message>
        <source>Without a label</source>
        <translation>Sans catégorie</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Catégorie</translation>
    </message>
    <message>
        <source>{name}: {count} samples</source>
        <translation>{name}&#xa0;: {count} exemples</translation>
    </message>
    <message>
        <source>The model has not looked at the samples yet</source>
        <translation>Le modèle n’a pas encore regardé les exemples</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Faux</translation>
    </message>
    <message>
        <source>Samples that the model calls something else</source>
        <translation>Exemples auxquels le modèle donne un autre nom</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>Incertains</translation>
    </message>
    <message>
        <source>Samples that the model is not sure about</source>
        <translation>Exemples dont le modèle n’est pas sûr</translation>
    </message>
    <message>
        <source>Suspected</source>
        <translation>Suspects</translation>
    </message>
    <message>
        <source>Samples that may have the wrong label: the other recordings would give them another</source>
        <translation>Exemples peut-être mal classés&#xa0;: les autres prises leur donneraient une autre catégorie</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Quasi-doublons</translation>
    </message>
    <message>
        <source>Samples that look nearly the same as an earlier one of their recording</source>
        <translation>Exemples presque pareils à un exemple précédent de leur prise</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>Mis de côté</translation>
    </message>
    <message>
        <source>Samples that are measured with and not learned from</source>
        <translation>Exemples qui servent à mesurer et non à apprendre</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Supprimés</translation>
    </message>
    <message>
        <source>Deleted samples; they can be brought back</source>
        <translation>Exemples supprimés&#xa0;; vous pouvez les récupérer</translation>
    </message>
    <message>
        <source>Every class</source>
        <translation>Toutes les catégories</translation>
    </message>
    <message>
        <source>Every recording</source>
        <translation>Toutes les prises</translation>
    </message>
    <message>
        <source>without a label</source>
        <translation>sans catégorie</translation>
    </message>
    <message>
        <source>Any day</source>
        <translation>Tous les jours</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>The last seven days</source>
        <translation>Les sept derniers jours</translation>
    </message>
</context>
<context>
    <name>Flash</name>
    <message>
        <source>Esc or a click closes it</source>
        <translation>Échap ou un clic le ferme</translation>
    </message>
    <message>
        <source>Showtell</source>
        <translation>Showtell</translation>
    </message>
    <message>
        <source>A coloured screen</source>
        <translation>Un écran coloré</translation>
    </message>
    <message>
        <source>Esc or a click closes this</source>
        <translation>Échap ou un clic ferme ceci</translation>
    </message>
</context>
<context>
    <name>Fleet</name>
    <message>
        <source>left the fleet</source>
        <translation>a quitté la flotte</translation>
    </message>
    <message>
        <source>from the fleet</source>
        <translation>de la flotte</translation>
    </message>
    <message>
        <source>No class has enough different samples to be shared yet. Record more of them.</source>
        <translation>Aucune catégorie n’a encore assez d’exemples différents pour être partagée. Enregistrez-en davantage.</translation>
    </message>
    <message>
        <source>What a fleet takes does not start on this computer.</source>
        <translation>Ce qu’il faut à une flotte ne démarre pas sur cet ordinateur.</translation>
    </message>
</context>
<context>
    <name>FleetCard</name>
    <message>
        <source>Learn from other laptops</source>
        <translation>Apprendre d’autres ordinateurs</translation>
    </message>
    <message>
        <source>For classrooms and workshops: laptops learn from each other, and no picture leaves any of them.</source>
        <translation>Pour les classes et les ateliers&#xa0;: les ordinateurs apprennent les uns des autres, et aucune image n’en quitte un seul.</translation>
    </message>
    <message>
        <source>Address of the laptop that serves</source>
        <translation>Adresse de l’ordinateur qui mène la flotte</translation>
    </message>
    <message>
        <source>Join code</source>
        <translation>Code d’accès</translation>
    </message>
    <message>
        <source>On the laptop that serves</source>
        <translation>Sur l’ordinateur qui mène la flotte</translation>
    </message>
    <message>
        <source>Copy the command that serves a fleet</source>
        <translation>Copier la commande qui mène une flotte</translation>
    </message>
    <message>
        <source>To install it</source>
        <translation>Pour l’installer</translation>
    </message>
    <message>
        <source>Copy the command that installs it</source>
        <translation>Copier la commande qui l’installe</translation>
    </message>
    <message>
        <source>Show what would be sent</source>
        <translation>Montrer ce qui serait envoyé</translation>
    </message>
    <message>
        <source>Sum up what the others would get. Nothing is sent yet</source>
        <translation>Additionner ce que les autres recevraient. Rien n’est encore envoyé</translation>
    </message>
    <message>
        <source>Send it and join</source>
        <translation>Envoyer et rejoindre</translation>
    </message>
    <message>
        <source>Take part, until you leave or close it</source>
        <translation>Participer, jusqu’à ce que vous quittiez ou fermiez le projet</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Take part no longer; what has come stays</source>
        <translation>Ne plus participer&#xa0;; ce qui est arrivé reste</translation>
    </message>
    <message>
        <source>Forget what has come</source>
        <translation>Oublier ce qui est arrivé</translation>
    </message>
    <message>
        <source>Learn without what the other laptops know</source>
        <translation>Apprendre sans ce que savent les autres ordinateurs</translation>
    </message>
    <message>
        <source>Do not join</source>
        <translation>Ne pas rejoindre</translation>
    </message>
    <message>
        <source>{act}: learn from other laptops</source>
        <translation>{act}&#xa0;: apprendre d’autres ordinateurs</translation>
    </message>
    <message>
        <source>Off. Nothing is sent, and nothing comes.</source>
        <translation>Désactivé. Rien n’est envoyé, et rien n’arrive.</translation>
    </message>
    <message>
        <source>What it takes is not installed here. Install it, and start Showtell again.</source>
        <translation>Ce qu’il faut n’est pas installé ici. Installez-le, puis relancez Showtell.</translation>
    </message>
    <message>
        <source>Summing up what would be sent…</source>
        <translation>Addition de ce qui serait envoyé…</translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>Rien n’a encore été envoyé.</translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>This laptop takes part. Sums are sent when the laptop that serves asks.</source>
        <translation>Cet ordinateur participe. Des sommes sont envoyées quand l’ordinateur qui mène la flotte les demande.</translation>
    </message>
    <message>
        <source>The laptop that serves has ended, or is out of reach. What has come stays.</source>
        <translation>L’ordinateur qui mène la flotte a terminé, ou est hors de portée. Ce qui est arrivé reste.</translation>
    </message>
    <message>
        <source>Leaving…</source>
        <translation>Départ…</translation>
    </message>
    <message>
        <source>{name}: its name, that it has {samples}, and the sum over them</source>
        <translation>{name}&#xa0;: son nom, qu’il y a {samples}, et leur somme</translation>
    </message>
    <message>
        <source>How all of them scatter around these sums; {size} MB in all</source>
        <translation>Comment tous se dispersent autour de ces sommes&#xa0;; {size} Mo en tout</translation>
    </message>
    <message>
        <source>{name} stays here: it has too few different samples</source>
        <translation>{name} reste ici&#xa0;: trop peu d’exemples différents</translation>
    </message>
    <message>
        <source>one other laptop</source>
        <translation>un autre ordinateur</translation>
    </message>
    <message>
        <source>{count} other laptops</source>
        <translation>{count} autres ordinateurs</translation>
    </message>
    <message>
        <source>What came from {laptops} was not taken: {why}</source>
        <translation>Ce qui est venu de {laptops} n’a pas été repris&#xa0;: {why}</translation>
    </message>
    <message>
        <source>Version {version} has learned from {laptops}.</source>
        <translation>La version {version} a appris auprès de {laptops}.</translation>
    </message>
    <message>
        <source>It learns with what came from {laptops}.</source>
        <translation>Il apprend avec ce qui est venu de {laptops}.</translation>
    </message>
</context>
<context>
    <name>ForgettingChart</name>
    <message>
        <source>What it forgot</source>
        <translation>Ce qu’il a oublié</translation>
    </message>
    <message>
        <source>How much less of a class it finds than at its best. Click a line&apos;s end to see the class&apos;s samples</source>
        <translation>Combien il reconnaît moins une catégorie qu’à son meilleur moment. Cliquez au bout d’une ligne pour voir les exemples de la catégorie</translation>
    </message>
    <message>
        <source>What it forgets shows once recordings are kept aside.</source>
        <translation>Ce qu’il oublie apparaît dès que des prises sont mises de côté.</translation>
    </message>
    <message>
        <source>It has forgotten nothing so far.</source>
        <translation>Il n’a rien oublié jusqu’ici.</translation>
    </message>
    <message>
        <source>In 100, found less often now than at its best: {classes}</source>
        <translation>Sur 100, moins souvent reconnu qu’à son meilleur moment&#xa0;: {classes}</translation>
    </message>
    <message>
        <source>{name}: Enter shows its samples</source>
        <translation>{name}&#xa0;: Entrée montre ses exemples</translation>
    </message>
    <message>
        <source>less than at its best; the {count} it forgot most of</source>
        <translation>moins qu’à son mieux&#xa0;; les {count} les plus oubliées</translation>
    </message>
    <message>
        <source>less than at its best</source>
        <translation>moins qu’à son mieux</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>New, open and recent projects</source>
        <translation>Projets&#xa0;: nouveau, ouvrir, récents</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>Show things and name them</source>
        <translation>Montrer des choses et les nommer</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Trier</translation>
    </message>
    <message>
        <source>Look through the samples and put them right</source>
        <translation>Parcourir les exemples et les corriger</translation>
    </message>
    <message>
        <source>Insight</source>
        <translation>Comprendre</translation>
    </message>
    <message>
        <source>See how good it is, and why</source>
        <translation>Voir s’il est bon, et pourquoi</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Utiliser</translation>
    </message>
    <message>
        <source>Put what was learned to use</source>
        <translation>Se servir de ce qui est appris</translation>
    </message>
    <message>
        <source>Project {name}</source>
        <translation>Projet {name}</translation>
    </message>
    <message>
        <source>Preferences: appearance, language, keys</source>
        <translation>Préférences&#xa0;: apparence, langue, touches</translation>
    </message>
    <message>
        <source>Choose what the picture comes from</source>
        <translation>Choisir d’où vient l’image</translation>
    </message>
    <message>
        <source>Now: {source}</source>
        <translation>Maintenant&#xa0;: {source}</translation>
    </message>
</context>
<context>
    <name>HeatPage</name>
    <message>
        <source>Show where it looks</source>
        <translation>Montrer où il regarde</translation>
    </message>
    <message>
        <source>Colour what makes it give its answer (W)</source>
        <translation>Colorer ce qui l’amène à sa réponse (W)</translation>
    </message>
    <message>
        <source>Hold something before the camera…</source>
        <translation>Tenez quelque chose devant la caméra…</translation>
    </message>
    <message>
        <source>See which part of the picture makes it give its answer.</source>
        <translation>Voir quelle partie de l’image l’amène à sa réponse.</translation>
    </message>
    <message>
        <source>It has learned nothing yet that it could look for.</source>
        <translation>Il n’a encore rien appris qu’il puisse chercher.</translation>
    </message>
    <message>
        <source>Coloured: what speaks for {name}. If that is not the thing itself, show it elsewhere too.</source>
        <translation>En couleur&#xa0;: ce qui parle pour {name}. Si ce n’est pas la chose elle-même, montrez-la aussi ailleurs.</translation>
    </message>
</context>
<context>
    <name>HeatView</name>
    <message>
        <source>Camera picture</source>
        <translation>Image de la caméra</translation>
    </message>
    <message>
        <source>What the camera sees, and what of it speaks for the answer</source>
        <translation>Ce que voit la caméra, et ce qui y parle pour la réponse</translation>
    </message>
    <message>
        <source>No picture yet: choose a camera above.</source>
        <translation>Pas encore d’image&#xa0;: choisissez une caméra en haut.</translation>
    </message>
</context>
<context>
    <name>IncrementCard</name>
    <message>
        <source>Look at its samples</source>
        <translation>Voir ses exemples</translation>
    </message>
    <message>
        <source>Show in Review what was learned then (Enter on the curve)</source>
        <translation>Montrer dans Trier ce qui a été appris alors (Entrée sur la courbe)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Fermer (Échap)</translation>
    </message>
</context>
<context>
    <name>Insight</name>
    <message>
        <source>It is right {times} times in 100 on recordings it has not learned from; it still takes {this} for {that}.</source>
        <translation>Il a raison {times} fois sur 100 sur des prises dont il n’a pas appris&#xa0;; il prend encore {this} pour {that}.</translation>
    </message>
    <message>
        <source>It is right every time on recordings it has not learned from.</source>
        <translation>Il a toujours raison sur des prises dont il n’a pas appris.</translation>
    </message>
    <message>
        <source>It is right {times} times in 100 on recordings it has not learned from.</source>
        <translation>Il a raison {times} fois sur 100 sur des prises dont il n’a pas appris.</translation>
    </message>
    <message>
        <source>Its percentages have been right so far.</source>
        <translation>Ses pourcentages ont été justes jusqu’ici.</translation>
    </message>
    <message>
        <source>Its percentages are off by 1 point on average.</source>
        <translation>Ses pourcentages se trompent de 1 point en moyenne.</translation>
    </message>
    <message>
        <source>Its percentages are off by {off} points on average.</source>
        <translation>Ses pourcentages se trompent de {off} points en moyenne.</translation>
    </message>
    <message>
        <source>It recognised {right} of {recordings} recordings before it had learned from them.</source>
        <translation>Il a reconnu {right} prises sur {recordings} avant de les apprendre.</translation>
    </message>
    <message>
        <source>Shown one thing it knows and one it was never taught, it finds the second one stranger {times} times in 100; guessing would be 50.</source>
        <translation>Entre une chose qu’il connaît et une qu’on ne lui a jamais montrée, il trouve la seconde plus étrange {times} fois sur 100&#xa0;; au hasard, ce serait 50.</translation>
    </message>
    <message>
        <source>It calls {times} in 100 pictures of things it knows unknown.</source>
        <translation>Sur 100 images de choses qu’il connaît, il en dit {times} inconnues.</translation>
    </message>
    <message>
        <source>Measured on only {count} recordings that were kept aside: take the numbers as rough.</source>
        <translation>Mesuré sur {count} prises mises de côté seulement&#xa0;: ces chiffres sont approximatifs.</translation>
    </message>
    <message>
        <source>Measured on {count} recordings that were kept aside; each counts the same.</source>
        <translation>Mesuré sur {count} prises mises de côté&#xa0;; chacune compte autant.</translation>
    </message>
    <message>
        <source>It has forgotten nothing.</source>
        <translation>Il n’a rien oublié.</translation>
    </message>
    <message>
        <source>What it forgot most is {name}: it finds it {fewer} times in 100 less than it once did.</source>
        <translation>Ce qu’il a le plus oublié est {name}&#xa0;: il le reconnaît {fewer} fois sur 100 de moins qu’avant.</translation>
    </message>
    <message>
        <source>There is nothing to tell apart yet.</source>
        <translation>Il n’y a encore rien à distinguer.</translation>
    </message>
    <message>
        <source>Teach it two things first: name them, and show each of them a few times.</source>
        <translation>Apprenez-lui d’abord deux choses&#xa0;: nommez-les, et montrez chacune quelques fois.</translation>
    </message>
    <message>
        <source>It has not learned yet.</source>
        <translation>Il n’a pas encore appris.</translation>
    </message>
    <message>
        <source>Record each thing a few times. It learns by itself.</source>
        <translation>Filmez chaque chose quelques fois. Il apprend tout seul.</translation>
    </message>
    <message>
        <source>Nothing was measured of version {number}, which is in use.</source>
        <translation>La version {number}, en service, n’a pas été mesurée.</translation>
    </message>
    <message>
        <source>The next one is measured as soon as it learns.</source>
        <translation>La prochaine sera mesurée dès qu’il apprendra.</translation>
    </message>
    <message>
        <source>How good it is cannot be measured yet.</source>
        <translation>Trop tôt pour mesurer s’il est bon.</translation>
    </message>
    <message>
        <source>Record each thing a few times: then some recordings are kept aside to measure with.</source>
        <translation>Filmez chaque chose quelques fois&#xa0;: des prises seront alors mises de côté pour mesurer.</translation>
    </message>
    <message>
        <source>So far there is 1 recording of {name}.</source>
        <translation>Pour l’instant, il y a 1 prise de {name}.</translation>
    </message>
    <message>
        <source>So far there are {count} recordings of {name}.</source>
        <translation>Pour l’instant, il y a {count} prises de {name}.</translation>
    </message>
    <message>
        <source>Nothing was measured of version {number}.</source>
        <translation>La version {number} n’a pas été mesurée.</translation>
    </message>
    <message>
        <source>went over everything</source>
        <translation>tout repassé en revue</translation>
    </message>
    <message>
        <source>from the fleet</source>
        <translation>de la flotte</translation>
    </message>
    <message>
        <source>learned what was new</source>
        <translation>nouveautés apprises</translation>
    </message>
    <message>
        <source>{new} new, {total} in all</source>
        <translation>{new} de plus, {total} en tout</translation>
    </message>
    <message>
        <source>right {times} times in 100 on recordings kept aside</source>
        <translation>raison {times} fois sur 100 sur des prises mises de côté</translation>
    </message>
    <message>
        <source>recognised {right} of {recordings} new recordings before it learned them</source>
        <translation>{right} nouvelles prises sur {recordings} reconnues avant de les apprendre</translation>
    </message>
    <message>
        <source>not kept: {why}</source>
        <translation>pas gardé&#xa0;: {why}</translation>
    </message>
    <message>
        <source>kept as version {number}</source>
        <translation>gardé comme version {number}</translation>
    </message>
    <message>
        <source>kept then; its version has made room for newer ones</source>
        <translation>gardé alors&#xa0;; sa version a laissé la place à de plus récentes</translation>
    </message>
    <message>
        <source>Version {this} is right as often as version {that}</source>
        <translation>La version {this} a raison aussi souvent que la version {that}</translation>
    </message>
    <message>
        <source>Version {this} is right {count} in 100 more often than version {that}</source>
        <translation>La version {this} a raison {count} fois sur 100 de plus que la version {that}</translation>
    </message>
    <message>
        <source>Version {this} is right {count} in 100 less often than version {that}</source>
        <translation>La version {this} a raison {count} fois sur 100 de moins que la version {that}</translation>
    </message>
    <message>
        <source>{said}: it finds {more} more often, {fewer} less often.</source>
        <translation>{said}&#xa0;: elle reconnaît plus souvent {more}, moins souvent {fewer}.</translation>
    </message>
    <message>
        <source>{said}: it finds {more} more often.</source>
        <translation>{said}&#xa0;: elle reconnaît plus souvent {more}.</translation>
    </message>
    <message>
        <source>{said}: it finds {fewer} less often.</source>
        <translation>{said}&#xa0;: elle reconnaît moins souvent {fewer}.</translation>
    </message>
    <message>
        <source>{said}; no single thing stands out.</source>
        <translation>{said}&#xa0;; aucune chose ne ressort.</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} et {count} de plus</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names} et {last}</translation>
    </message>
</context>
<context>
    <name>InsightRoom</name>
    <message>
        <source>Progress</source>
        <translation>Progrès</translation>
    </message>
    <message>
        <source>How it has become better</source>
        <translation>Comment il s’est amélioré</translation>
    </message>
    <message>
        <source>Mix-ups</source>
        <translation>Confusions</translation>
    </message>
    <message>
        <source>What it takes for what</source>
        <translation>Ce qu’il prend pour quoi</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Which samples look alike to it</source>
        <translation>Quels exemples se ressemblent pour lui</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>Où il regarde</translation>
    </message>
    <message>
        <source>What in the picture makes it give its answer</source>
        <translation>Ce qui, dans l’image, l’amène à sa réponse</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>Compare what it was and is, and go back</source>
        <translation>Comparer avant et maintenant, et revenir en arrière</translation>
    </message>
    <message>
        <source>{name}, recognised</source>
        <translation>{name}, reconnu</translation>
    </message>
    <message>
        <source>{shown} taken for {said}</source>
        <translation>{shown} pris pour {said}</translation>
    </message>
    <message>
        <source>{name}, kept aside; wrong ones first</source>
        <translation>{name}, mis de côté&#xa0;; les faux d’abord</translation>
    </message>
    <message>
        <source>Learned in one go</source>
        <translation>Appris en une fois</translation>
    </message>
    <message>
        <source>The samples are still being looked through. Try again in a moment.</source>
        <translation>Les exemples sont encore en cours d’examen. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>{title}: there are no such samples.</source>
        <translation>{title}&#xa0;: il n’y a pas de tels exemples.</translation>
    </message>
    <message>
        <source>Version {number} is being put in use…</source>
        <translation>Mise en service de la version {number}…</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>In this room</source>
        <translation>Dans cette pièce</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>You can choose other keys in the preferences. Any key closes this list.</source>
        <translation>Vous pouvez choisir d’autres touches dans les préférences. N’importe quelle touche ferme cette liste.</translation>
    </message>
</context>
<context>
    <name>KeyPage</name>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Give the keys back as they were</source>
        <translation>Remettre les touches comme avant</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>Réinitialiser les touches</translation>
    </message>
    <message>
        <source>Give everything the key it came with</source>
        <translation>Redonner à tout sa touche d’origine</translation>
    </message>
    <message>
        <source>Press a field, then the key you want. The digits belong to the classes.</source>
        <translation>Appuyez sur un champ, puis sur la touche voulue. Les chiffres sont aux catégories.</translation>
    </message>
    <message>
        <source>The key for “{words}”; press the one you want</source>
        <translation>La touche de «&#xa0;{words}&#xa0;»&#xa0;; appuyez sur celle que vous voulez</translation>
    </message>
    <message>
        <source>Reset “{words}”</source>
        <translation>Réinitialiser «&#xa0;{words}&#xa0;»</translation>
    </message>
    <message>
        <source>Give it the key it came with</source>
        <translation>Lui redonner sa touche d’origine</translation>
    </message>
    <message>
        <source>The digits belong to the classes. Choose another key.</source>
        <translation>Les chiffres sont aux catégories. Choisissez une autre touche.</translation>
    </message>
    <message>
        <source>{key} was the key for “{words}”, which has lost it.</source>
        <translation>{key} était la touche de «&#xa0;{words}&#xa0;», qui l’a perdue.</translation>
    </message>
    <message>
        <source>“{words}” has no key now.</source>
        <translation>«&#xa0;{words}&#xa0;» n’a plus de touche.</translation>
    </message>
    <message>
        <source>{key} is the key for “{words}” now.</source>
        <translation>{key} est maintenant la touche de «&#xa0;{words}&#xa0;».</translation>
    </message>
    <message>
        <source>The keys are as they were.</source>
        <translation>Les touches sont comme avant.</translation>
    </message>
    <message>
        <source>“{words}” has the key it came with.</source>
        <translation>«&#xa0;{words}&#xa0;» a sa touche d’origine.</translation>
    </message>
    <message>
        <source>Everything has the key it came with.</source>
        <translation>Tout a sa touche d’origine.</translation>
    </message>
    <message>
        <source>No key: press one</source>
        <translation>Aucune&#xa0;: appuyez</translation>
    </message>
</context>
<context>
    <name>LargePicture</name>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>This picture cannot be read</source>
        <translation>Cette image ne peut pas être lue</translation>
    </message>
</context>
<context>
    <name>Learner</name>
    <message>
        <source>learning is paused</source>
        <translation>apprentissage en pause</translation>
    </message>
    <message>
        <source>learner restarting</source>
        <translation>redémarrage</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>apprend</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>démarrage</translation>
    </message>
    <message>
        <source>you paused learning</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>going over everything</source>
        <translation>repasse tout en revue</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>prêt</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>à jour</translation>
    </message>
    <message>
        <source>step {number} of {total} · loss {loss} · batch {right} right</source>
        <translation>étape {number} sur {total} · perte {loss} · lot {right} juste</translation>
    </message>
    <message>
        <source>TensorFlow is still loading; answers come without it.</source>
        <translation>TensorFlow se charge encore&#xa0;; les réponses viennent sans lui.</translation>
    </message>
    <message>
        <source>Training runs on {device}.</source>
        <translation>L’apprentissage tourne sur {device}.</translation>
    </message>
    <message>
        <source>no version yet</source>
        <translation>pas encore de version</translation>
    </message>
    <message>
        <source>version {number} · {age}</source>
        <translation>version {number} · {age}</translation>
    </message>
    <message>
        <source>The version in use, and its age</source>
        <translation>La version en service, et son âge</translation>
    </message>
    <message>
        <source>It stayed when everything was gone over: {why}</source>
        <translation>Elle est restée quand tout a été repassé en revue&#xa0;: {why}</translation>
    </message>
    <message>
        <source>{count} samples</source>
        <translation>{count} exemples</translation>
    </message>
    <message>
        <source>1 sample</source>
        <translation>1 exemple</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} en attente</translation>
    </message>
    <message>
        <source>{share} right on 1 held-out recording</source>
        <translation>{share} juste sur 1 prise mise de côté</translation>
    </message>
    <message>
        <source>{share} right on {count} held-out recordings</source>
        <translation>{share} juste sur {count} prises mises de côté</translation>
    </message>
    <message>
        <source>How much is right of recordings that were held out from its twin, made in the same way but without them.</source>
        <translation>Part de réponses justes sur des prises cachées à son jumeau, fait de la même façon mais sans elles.</translation>
    </message>
    <message>
        <source>What answers here has learned from them too. Each recording counts the same, since its frames are much alike.</source>
        <translation>Ce qui répond ici a aussi appris d’elles. Chaque prise compte autant, car ses images se ressemblent beaucoup.</translation>
    </message>
    <message>
        <source>Of the last recordings of things it knew already, how many it recognised before it learned from them.</source>
        <translation>Parmi les dernières prises de choses déjà connues, combien il en a reconnu avant de les apprendre.</translation>
    </message>
    <message>
        <source>Counted by recording, since the frames of one recording are much alike.</source>
        <translation>Compté par prise, car les images d’une prise se ressemblent beaucoup.</translation>
    </message>
    <message>
        <source>On held-out recordings it is not measurable yet: record each thing a few times.</source>
        <translation>Sur des prises mises de côté, ce n’est pas encore mesurable&#xa0;: filmez chaque chose quelques fois.</translation>
    </message>
    <message>
        <source>nothing forgotten</source>
        <translation>rien oublié</translation>
    </message>
    <message>
        <source>forgetting {points} in 100</source>
        <translation>{points} sur 100 oubliés</translation>
    </message>
    <message>
        <source>recognised before learning: not measurable yet</source>
        <translation>reconnu avant d’apprendre&#xa0;: pas encore mesurable</translation>
    </message>
    <message>
        <source>recognised before learning: {right} of the last {count} recordings</source>
        <translation>reconnu avant d’apprendre&#xa0;: {right} des {count} dernières prises</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>{count} s ago</source>
        <translation>il y a {count}&#xa0;s</translation>
    </message>
    <message>
        <source>1 day ago</source>
        <translation>il y a 1 jour</translation>
    </message>
    <message>
        <source>{count} days ago</source>
        <translation>il y a {count} jours</translation>
    </message>
    <message>
        <source>1 hour ago</source>
        <translation>il y a 1 heure</translation>
    </message>
    <message>
        <source>{count} hours ago</source>
        <translation>il y a {count} heures</translation>
    </message>
    <message>
        <source>1 minute ago</source>
        <translation>il y a 1 minute</translation>
    </message>
    <message>
        <source>{count} minutes ago</source>
        <translation>il y a {count} minutes</translation>
    </message>
    <message>
        <source>Of the thing it has forgotten most of, it recognises {fewer} in 100 fewer than it once did.</source>
        <translation>De la chose qu’il a le plus oubliée, il reconnaît {fewer} sur 100 de moins qu’avant.</translation>
    </message>
    <message>
        <source>It has forgotten nothing.</source>
        <translation>Il n’a rien oublié.</translation>
    </message>
    <message>
        <source>Of something it was never taught and something it was, the first looks stranger to it {times} times in 100; guessing would be 50.</source>
        <translation>Entre une chose jamais montrée et une chose apprise, il trouve la première plus étrange {times} fois sur 100&#xa0;; au hasard, ce serait 50.</translation>
    </message>
</context>
<context>
    <name>LearnerBridge</name>
    <message>
        <source>looking at {count} more</source>
        <translation>encore {count} à regarder</translation>
    </message>
    <message>
        <source>waiting for {what}</source>
        <translation>attend {what}</translation>
    </message>
    <message>
        <source>The system ended it, as it does when memory runs out. Close other programs.</source>
        <translation>Le système l’a arrêté, comme il le fait quand la mémoire manque. Fermez d’autres programmes.</translation>
    </message>
    <message>
        <source>{why} The version before stays.</source>
        <translation>{why} La version d’avant reste.</translation>
    </message>
    <message>
        <source>What others know did not help</source>
        <translation>Ce que savent les autres n’a pas aidé</translation>
    </message>
    <message>
        <source>What was just taught did not help</source>
        <translation>Ce qui vient d’être montré n’a pas aidé</translation>
    </message>
</context>
<context>
    <name>LearningStrip</name>
    <message>
        <source>What there is to say just now</source>
        <translation>Ce qu’il y a à dire maintenant</translation>
    </message>
    <message>
        <source>How well it does</source>
        <translation>S’il est bon</translation>
    </message>
    <message>
        <source>Forgetting</source>
        <translation>Oubli</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>How many samples the project has, and how many still wait to be learned</source>
        <translation>Combien d’exemples a le projet, et combien attendent encore d’être appris</translation>
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
        <translation>Ce qui est vu maintenant</translation>
    </message>
    <message>
        <source>What the camera sees now, and what it is taken for. This is what actions wait for.</source>
        <translation>Ce que voit la caméra maintenant, et pour quoi c’est pris. C’est ce qu’attendent les actions.</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>Il n’y a pas d’image.</translation>
    </message>
    <message>
        <source>Teach it two things first: then you see here what it takes them for.</source>
        <translation>Apprenez-lui d’abord deux choses&#xa0;: vous verrez alors ici pour quoi il les prend.</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
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
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Choose the CSV file that lines are added to</source>
        <translation>Choisir le fichier CSV où ajouter les lignes</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
    </message>
    <message>
        <source>Each line has the time, the class, how sure it was (0 to 1), and the version that said so.</source>
        <translation>Chaque ligne a l’heure, la catégorie, la certitude (0 à 1) et la version qui l’a dit.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Choose a file for the log</source>
        <translation>Choisir un fichier pour le journal</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tableaux (*.csv)</translation>
    </message>
    <message>
        <source>No file is chosen yet.</source>
        <translation>Aucun fichier n’est encore choisi.</translation>
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
        <translation>Les autres programmes ne peuvent plus l’interroger&#xa0;: l’autre projet a été fermé</translation>
    </message>
</context>
<context>
    <name>Mending</name>
    <message>
        <source>Saving what can be read</source>
        <translation>Sauvetage de ce qui est lisible</translation>
    </message>
    <message>
        <source>{project} is read page by page. The file itself stays as it is.</source>
        <translation>{project} est lu page par page. Le fichier lui-même reste tel quel.</translation>
    </message>
    <message>
        <source>Putting back the backup</source>
        <translation>Remise en place de la sauvegarde</translation>
    </message>
    <message>
        <source>What is there now is set aside beside it, and stays as it is.</source>
        <translation>Ce qui s’y trouve est mis de côté, à côté, et reste tel quel.</translation>
    </message>
    <message>
        <source>Copying the backup</source>
        <translation>Copie de la sauvegarde</translation>
    </message>
    <message>
        <source>It becomes a project of its own: {project}.</source>
        <translation>Elle devient un projet à part&#xa0;: {project}.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Give it up; nothing has changed yet</source>
        <translation>Y renoncer&#xa0;; rien n’a encore changé</translation>
    </message>
    <message>
        <source>Show its folder</source>
        <translation>Afficher son dossier</translation>
    </message>
    <message>
        <source>Look at the file in its folder</source>
        <translation>Voir le fichier dans son dossier</translation>
    </message>
    <message>
        <source>Put back the backup of {moment}</source>
        <translation>Remettre la sauvegarde de {moment}</translation>
    </message>
    <message>
        <source>Use that copy; what was saved is set aside and stays as it is</source>
        <translation>Utiliser cette copie&#xa0;; ce qui a été sauvé est mis de côté et reste tel quel</translation>
    </message>
    <message>
        <source>What could be read was saved</source>
        <translation>Ce qui était lisible est sauvé</translation>
    </message>
    <message>
        <source>{project} is open again, with {samples}.</source>
        <translation>{project} est de nouveau ouvert, avec {samples}.</translation>
    </message>
    <message>
        <source>Lost: {samples}.</source>
        <translation>Perdu&#xa0;: {samples}.</translation>
    </message>
    <message>
        <source>No sample is known to be lost.</source>
        <translation>Aucun exemple n’est perdu, autant qu’on sache.</translation>
    </message>
    <message>
        <source>Classes whose names were lost are called “recovered”.</source>
        <translation>Les catégories dont le nom est perdu s’appellent «&#xa0;recovered&#xa0;».</translation>
    </message>
    <message>
        <source>The damaged file lies beside it, as {name}.</source>
        <translation>Le fichier endommagé est à côté, sous le nom {name}.</translation>
    </message>
    <message>
        <source>If a backup has more, it can be put back.</source>
        <translation>Si une sauvegarde en a davantage, elle peut être remise.</translation>
    </message>
    <message>
        <source>{project} is now the backup of {moment}, with {samples}.</source>
        <translation>{project} est maintenant la sauvegarde de {moment}, avec {samples}.</translation>
    </message>
    <message>
        <source>What was there before lies beside it, as {name}.</source>
        <translation>Ce qui s’y trouvait avant est à côté, sous le nom {name}.</translation>
    </message>
    <message>
        <source>The backup is in its place</source>
        <translation>La sauvegarde est en place</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Pause learning</source>
        <translation>Suspendre l’apprentissage</translation>
    </message>
    <message>
        <source>Go over everything now</source>
        <translation>Tout repasser en revue</translation>
    </message>
    <message>
        <source>Consolidate now</source>
        <translation>Consolider maintenant</translation>
    </message>
    <message>
        <source>Give up consolidation</source>
        <translation>Abandonner la consolidation</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Édition</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Apprentissage</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>Nouveau projet…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>Ouvrir un projet…</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Importer des fichiers…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>Importer un dossier…</translation>
    </message>
    <message>
        <source>Backups…</source>
        <translation>Sauvegardes…</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Accueil</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Préférences…</translation>
    </message>
    <message>
        <source>Keep the backbone in use, and give up the other one</source>
        <translation>Garder le modèle de base actuel et abandonner l’autre</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Keys of this room</source>
        <translation>Touches de cette pièce</translation>
    </message>
    <message>
        <source>About Showtell</source>
        <translation>À propos de Showtell</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Aucune caméra trouvée</translation>
    </message>
    <message>
        <source>Clip…</source>
        <translation>Vidéo…</translation>
    </message>
    <message>
        <source>Folder of pictures…</source>
        <translation>Dossier d’images…</translation>
    </message>
    <message>
        <source>Address of a phone…</source>
        <translation>Adresse d’un téléphone…</translation>
    </message>
    <message>
        <source>Demo scene</source>
        <translation>Scène de démo</translation>
    </message>
</context>
<context>
    <name>MessagePanel</name>
    <message>
        <source>How far it is</source>
        <translation>Où cela en est</translation>
    </message>
</context>
<context>
    <name>MixUps</name>
    <message>
        <source>What it takes for what</source>
        <translation>Ce qu’il prend pour quoi</translation>
    </message>
    <message>
        <source>One row for each thing shown, counted in looks: pictures that show the same count once.</source>
        <translation>Une ligne par chose montrée, comptée en vues&#xa0;: des images pareilles comptent une seule fois.</translation>
    </message>
    <message>
        <source>What is mixed up shows once recordings of two things are kept aside.</source>
        <translation>Les confusions apparaissent dès que des prises de deux choses sont mises de côté.</translation>
    </message>
</context>
<context>
    <name>ModelSays</name>
    <message>
        <source>Looks like these</source>
        <translation>Ressemble à ceux-ci</translation>
    </message>
    <message>
        <source>The model says</source>
        <translation>Le modèle dit</translation>
    </message>
    <message>
        <source>The model has not looked at this sample yet.</source>
        <translation>Le modèle n’a pas encore regardé cet exemple.</translation>
    </message>
    <message>
        <source>Nothing has been learned yet.</source>
        <translation>Rien n’a encore été appris.</translation>
    </message>
    <message>
        <source>Unknown: it looks like nothing that was taught. This is the nearest guess.</source>
        <translation>Inconnu&#xa0;: cela ne ressemble à rien de ce qu’il a appris. Voici l’idée la plus proche.</translation>
    </message>
    <message>
        <source>Measured without having learned from this recording, it says {name}.</source>
        <translation>Mesuré sans avoir appris de cette prise, il dit {name}.</translation>
    </message>
    <message>
        <source>It has learned from this very sample, so it ought to know.</source>
        <translation>Il a appris de cet exemple même, il devrait donc le savoir.</translation>
    </message>
</context>
<context>
    <name>Naming</name>
    <message>
        <source>Hold {key} to record it.</source>
        <translation>Tenez {key} pour filmer.</translation>
    </message>
    <message>
        <source>Hold its button to record it.</source>
        <translation>Tenez son bouton pour filmer.</translation>
    </message>
    <message>
        <source>{name} is there.</source>
        <translation>{name} est là.</translation>
    </message>
</context>
<context>
    <name>Neighbours</name>
    <message>
        <source>without a label</source>
        <translation>sans catégorie</translation>
    </message>
    <message>
        <source>{name}, {share} alike</source>
        <translation>{name}, pareil à {share}</translation>
    </message>
    <message>
        <source>{sample}: show this sample</source>
        <translation>{sample}&#xa0;: montrer cet exemple</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Rubriques</translation>
    </message>
    <message>
        <source>Choose what to set</source>
        <translation>Choisir ce qu’on règle</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Apprendre</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sauvegardes</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Vie privée</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>Redémarrer maintenant</translation>
    </message>
    <message>
        <source>Close Showtell and start it again with this project; nothing is lost</source>
        <translation>Fermer Showtell et le relancer avec ce projet&#xa0;; rien n’est perdu</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark writing on light</source>
        <translation>Écriture sombre sur fond clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Light writing on dark</source>
        <translation>Écriture claire sur fond sombre</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Change with the system&apos;s setting</source>
        <translation>Suivre le réglage du système</translation>
    </message>
    <message>
        <source>Show everything at {scale} of its size</source>
        <translation>Tout afficher à {scale} de sa taille</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Mouvement</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Pictures fly to where they are kept</source>
        <translation>Les images volent là où elles sont gardées</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Nothing moves but the camera&apos;s picture</source>
        <translation>Rien ne bouge sauf l’image de la caméra</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Sons</translation>
    </message>
    <message>
        <source>Soft sounds say that something is kept, or learned</source>
        <translation>Des sons doux disent que quelque chose est gardé, ou appris</translation>
    </message>
    <message>
        <source>No sounds</source>
        <translation>Aucun son</translation>
    </message>
    <message>
        <source>The system&apos;s language, where Showtell speaks it</source>
        <translation>La langue du système, si Showtell la parle</translation>
    </message>
    <message>
        <source>Consolidate by itself</source>
        <translation>Consolider tout seul</translation>
    </message>
    <message>
        <source>Consolidate when the computer has nothing else to do</source>
        <translation>Consolider quand l’ordinateur n’a rien d’autre à faire</translation>
    </message>
    <message>
        <source>Consolidate only when you ask for it</source>
        <translation>Consolider seulement quand vous le demandez</translation>
    </message>
    <message>
        <source>Where it learns</source>
        <translation>Où il apprend</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>On the CPU; consolidation on a graphics card that works</source>
        <translation>Sur le processeur&#xa0;; la consolidation sur une carte graphique qui fonctionne</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>Processeur (CPU)</translation>
    </message>
    <message>
        <source>On the CPU, even if there is a graphics card</source>
        <translation>Sur le processeur, même s’il y a une carte graphique</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>Carte graphique (GPU)</translation>
    </message>
    <message>
        <source>On the graphics card and nowhere else</source>
        <translation>Sur la carte graphique et nulle part ailleurs</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>Taille de tout</translation>
    </message>
    <message>
        <source>Holds from the next start on.</source>
        <translation>Prend effet au prochain démarrage.</translation>
    </message>
    <message>
        <source>Shows where a picture goes when it is kept.</source>
        <translation>Montre où va une image quand elle est gardée.</translation>
    </message>
    <message>
        <source>Say that something is kept, or learned.</source>
        <translation>Dit que quelque chose est gardé, ou appris.</translation>
    </message>
    <message>
        <source>The colours of the classes can be told apart with any kind of colour vision, and each has its letter or number beside it.</source>
        <translation>Les couleurs des catégories se distinguent quelle que soit la vision des couleurs, et chacune a sa lettre ou son numéro à côté.</translation>
    </message>
    <message>
        <source>Words on screen</source>
        <translation>Langue à l’écran</translation>
    </message>
    <message>
        <source>When the computer has nothing else to do. Consolidating fine-tunes what the model sees with on your own pictures; it is kept only if it is better.</source>
        <translation>Quand l’ordinateur n’a rien d’autre à faire. La consolidation affine sur vos propres images ce avec quoi le modèle voit&#xa0;; le résultat n’est gardé que s’il est meilleur.</translation>
    </message>
    <message>
        <source>Copies of a project are kept by themselves: one a day while something changes, and one before every big change. Of the last twelve days, ten weeks and nine months, the newest of each stays.</source>
        <translation>Des copies d’un projet se font d’elles-mêmes&#xa0;: une par jour tant que quelque chose change, et une avant chaque grand changement. Des douze derniers jours, dix semaines et neuf mois, la plus récente de chacun reste.</translation>
    </message>
    <message>
        <source>Show the log&apos;s folder</source>
        <translation>Afficher le dossier du journal</translation>
    </message>
    <message>
        <source>Look at what Showtell has written down</source>
        <translation>Voir ce que Showtell a noté</translation>
    </message>
    <message>
        <source>Pictures, names and what was learned from them stay in your project files on this computer. There is no account and no server.</source>
        <translation>Les images, les noms et ce qui en a été appris restent dans vos fichiers de projet sur cet ordinateur. Il n’y a ni compte ni serveur.</translation>
    </message>
    <message>
        <source>Showtell uses the network only when you ask it to: for the picture of a phone whose address you typed in.</source>
        <translation>Showtell n’utilise le réseau que si vous le demandez&#xa0;: pour l’image d’un téléphone dont vous avez saisi l’adresse.</translation>
    </message>
    <message>
        <source>Faults are written to a log on this computer. Nothing of it is sent by itself; a report is a text file that you can read, and send or not.</source>
        <translation>Les erreurs sont notées dans un journal sur cet ordinateur. Rien n’en est envoyé tout seul&#xa0;; un rapport est un fichier texte que vous pouvez lire, et envoyer ou non.</translation>
    </message>
    <message>
        <source>Size, language and where it learns change when Showtell starts again.</source>
        <translation>La taille, la langue et le lieu d’apprentissage changent quand Showtell redémarre.</translation>
    </message>
</context>
<context>
    <name>ProjectTroubles</name>
    <message>
        <source>{project} cannot be read in full any more. What can be read of it can be saved into a new project. The file itself stays as it is.</source>
        <translation>{project} ne peut plus être lu en entier. Ce qui en est lisible peut être sauvé dans un nouveau projet. Le fichier lui-même reste tel quel.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Choisir un autre dossier</translation>
    </message>
    <message>
        <source>Go to the preferences of the backups</source>
        <translation>Aller aux préférences des sauvegardes</translation>
    </message>
    <message>
        <source>{why} Everything else goes on.</source>
        <translation>{why} Tout le reste continue.</translation>
    </message>
    <message>
        <source>The backup was not made</source>
        <translation>La sauvegarde n’a pas été faite</translation>
    </message>
</context>
<context>
    <name>QuestionPanel</name>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>The picture that is asked about</source>
        <translation>L’image sur laquelle porte la question</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>Qu’est-ce que c’est&#xa0;?</translation>
    </message>
    <message>
        <source>Not now (Esc)</source>
        <translation>Pas maintenant (Échap)</translation>
    </message>
    <message>
        <source>Let the question go (Esc)</source>
        <translation>Laisser la question (Échap)</translation>
    </message>
    <message>
        <source>Something new (N)</source>
        <translation>Autre chose (N)</translation>
    </message>
    <message>
        <source>Name something that was not taught yet (N)</source>
        <translation>Nommer une chose pas encore apprise (N)</translation>
    </message>
    <message>
        <source>It is {name}</source>
        <translation>C’est {name}</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>RecallBar</name>
    <message>
        <source>How much of {name} it finds is not measurable yet</source>
        <translation>Ce qu’il reconnaît de {name} n’est pas encore mesurable</translation>
    </message>
    <message>
        <source>It finds all held-out recordings of {name}</source>
        <translation>Il reconnaît toutes les prises mises de côté de {name}</translation>
    </message>
    <message>
        <source>It finds no held-out recording of {name}</source>
        <translation>Il ne reconnaît aucune prise mise de côté de {name}</translation>
    </message>
    <message>
        <source>It finds {count} in 10 held-out recordings of {name}</source>
        <translation>Il reconnaît {count} prises mises de côté sur 10 de {name}</translation>
    </message>
</context>
<context>
    <name>RecentButton</name>
    <message>
        <source>Open {project}</source>
        <translation>Ouvrir {project}</translation>
    </message>
</context>
<context>
    <name>RecordSettings</name>
    <message>
        <source>Recording</source>
        <translation>Prise</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Choose what the picture comes from</source>
        <translation>Choisir d’où vient l’image</translation>
    </message>
    <message>
        <source>Size of the picture</source>
        <translation>Taille de l’image</translation>
    </message>
    <message>
        <source>Ask the camera for pictures of this size; it may give others. Samples are kept 512 pixels wide.</source>
        <translation>Demander à la caméra des images de cette taille&#xa0;; elle peut en donner d’autres. Les exemples sont gardés en 512 pixels de large.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>How near to look: only the bright square is learned from</source>
        <translation>De combien se rapprocher&#xa0;: seul le carré clair sert à apprendre</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Remettre</translation>
    </message>
    <message>
        <source>Put the square back</source>
        <translation>Remettre le carré en place</translation>
    </message>
    <message>
        <source>Put the bright square back into the middle, as large as it can be.
Drag it in the picture to move it, or move it with the arrow keys when the picture has the focus.</source>
        <translation>Remettre le carré clair au milieu, aussi grand que possible.
Faites-le glisser dans l’image pour le déplacer, ou utilisez les flèches quand l’image est active.</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Cadence</translation>
    </message>
    <message>
        <source>How many pictures a second are recorded</source>
        <translation>Combien d’images par seconde sont filmées</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Countdown</source>
        <translation>Décompte</translation>
    </message>
    <message>
        <source>How long after the key is pressed recording begins; one press is enough, another one ends it</source>
        <translation>Combien de temps après la touche la prise commence&#xa0;; un appui suffit, un autre l’arrête</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Tenu</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>How many pictures a recording has: as many as come while the key is held, or so many by itself</source>
        <translation>Combien d’images a une prise&#xa0;: tant que la touche est tenue, ou ce nombre d’un coup</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Miroir</translation>
    </message>
    <message>
        <source>Show the picture as in a mirror. What is learned stays as the camera sees it.</source>
        <translation>Afficher l’image comme dans un miroir. Il apprend ce que voit la caméra.</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Play a sound when something was recorded and when it was learned</source>
        <translation>Jouer un son quand une prise est faite et quand elle est apprise</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Me demander</translation>
    </message>
    <message>
        <source>Ask “What is this?” when something is held still that the model does not know</source>
        <translation>Demander «&#xa0;Qu’est-ce que c’est&#xa0;?&#xa0;» quand une chose que le modèle ne connaît pas est tenue immobile</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Aucune caméra trouvée</translation>
    </message>
    <message>
        <source>Demo scene</source>
        <translation>Scène de démo</translation>
    </message>
    <message>
        <source>Clip…</source>
        <translation>Vidéo…</translation>
    </message>
    <message>
        <source>Folder of pictures…</source>
        <translation>Dossier d’images…</translation>
    </message>
    <message>
        <source>Address of a phone…</source>
        <translation>Adresse d’un téléphone…</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>Caméra {number}</translation>
    </message>
    <message>
        <source>Choose what the picture comes from; now: {name}</source>
        <translation>Choisir d’où vient l’image&#xa0;; maintenant&#xa0;: {name}</translation>
    </message>
    <message>
        <source>As the camera likes</source>
        <translation>Au choix de la caméra</translation>
    </message>
    <message>
        <source>{rate} a second</source>
        <translation>{rate} par s</translation>
    </message>
</context>
<context>
    <name>ReviewHeader</name>
    <message>
        <source>Clear the filters</source>
        <translation>Effacer les filtres</translation>
    </message>
    <message>
        <source>Show all samples again</source>
        <translation>Afficher de nouveau tous les exemples</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>In which order the samples are shown</source>
        <translation>Dans quel ordre les exemples sont affichés</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Taille des images</translation>
    </message>
    <message>
        <source>Size of the pictures (+ and −, or Ctrl and the wheel)</source>
        <translation>Taille des images (+ et −, ou Ctrl et la molette)</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>What was done, to go back to any of it</source>
        <translation>Ce qui a été fait, pour y revenir</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Plus récents d’abord</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Moins sûrs d’abord</translation>
    </message>
    <message>
        <source>By recording</source>
        <translation>Par prise</translation>
    </message>
    <message>
        <source>Order: {order}</source>
        <translation>Ordre&#xa0;: {order}</translation>
    </message>
</context>
<context>
    <name>ReviewRoom</name>
    <message>
        <source>No class has the key {key}.</source>
        <translation>Aucune catégorie n’a la touche {key}.</translation>
    </message>
    <message>
        <source>Relabel what is picked</source>
        <translation>Reclasser ce qui est choisi</translation>
    </message>
    <message>
        <source>It shows what the other recordings would call it</source>
        <translation>Il montre ce que diraient les autres prises</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>See the sample larger, or as before</source>
        <translation>Voir l’exemple en grand, ou comme avant</translation>
    </message>
    <message>
        <source>Arrows, Home, End, Page</source>
        <translation>Flèches, Début, Fin, Page</translation>
    </message>
    <message>
        <source>Move; with Shift, select all on the way</source>
        <translation>Se déplacer&#xa0;; avec Maj, tout choisir en chemin</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
    <message>
        <source>Select one more, or one less</source>
        <translation>En choisir un de plus, ou de moins</translation>
    </message>
    <message>
        <source>Ctrl+A, Esc</source>
        <translation>Ctrl+A, Échap</translation>
    </message>
    <message>
        <source>Select all, or nothing</source>
        <translation>Tout choisir, ou rien</translation>
    </message>
    <message>
        <source>Larger or smaller pictures</source>
        <translation>Images plus grandes ou plus petites</translation>
    </message>
    <message>
        <source>{count} of {total}</source>
        <translation>{count} sur {total}</translation>
    </message>
    <message>
        <source>No sample fits</source>
        <translation>Aucun exemple ne convient</translation>
    </message>
    <message>
        <source>There are samples, but none that is all of this at once.</source>
        <translation>Il y a des exemples, mais aucun qui soit tout cela à la fois.</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Effacer les filtres</translation>
    </message>
    <message>
        <source>Show all samples again</source>
        <translation>Afficher de nouveau tous les exemples</translation>
    </message>
    <message>
        <source>Nothing recorded yet</source>
        <translation>Rien n’est encore filmé</translation>
    </message>
    <message>
        <source>Go to Teach (Ctrl+1), name what you show, and hold its key for two seconds.</source>
        <translation>Allez à Montrer (Ctrl+1), nommez ce que vous montrez, et tenez sa touche deux secondes.</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} sur {count}</translation>
    </message>
    <message>
        <source>Looks alike</source>
        <translation>Ressemblances</translation>
    </message>
</context>
<context>
    <name>SampleGrid</name>
    <message>
        <source>Arrow keys move, Shift extends, Ctrl+A selects all, Space one more, Enter shows a sample larger</source>
        <translation>Les flèches déplacent, Maj étend, Ctrl+A choisit tout, Espace un de plus, Entrée montre un exemple en grand</translation>
    </message>
    <message>
        <source>Scroll through the samples</source>
        <translation>Faire défiler les exemples</translation>
    </message>
    <message>
        <source>without a label</source>
        <translation>sans catégorie</translation>
    </message>
    <message>
        <source>recording of {when}</source>
        <translation>prise&#xa0;: {when}</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>mis de côté</translation>
    </message>
    <message>
        <source>may have the wrong label</source>
        <translation>peut-être mal classé</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>supprimé</translation>
    </message>
    <message>
        <source>{sample}, {number} of {count}</source>
        <translation>{sample}, {number} sur {count}</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
</context>
<context>
    <name>SampleMap</name>
    <message>
        <source>Map of the samples</source>
        <translation>Carte des exemples</translation>
    </message>
    <message>
        <source>What looks alike lies together. Draw around points to see them, zoom with the wheel (+, −, 0)</source>
        <translation>Ce qui se ressemble est ensemble. Entourez des points pour les voir, zoomez avec la molette (+, −, 0)</translation>
    </message>
    <message>
        <source>What looks alike to it</source>
        <translation>Ce qui se ressemble pour lui</translation>
    </message>
    <message>
        <source>Finer map</source>
        <translation>Carte plus fine</translation>
    </message>
    <message>
        <source>Draw the map with more care; that takes a while</source>
        <translation>Dessiner la carte avec plus de soin&#xa0;; cela prend un moment</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>Carte entière</translation>
    </message>
    <message>
        <source>Show all of the map again (0)</source>
        <translation>Afficher de nouveau toute la carte (0)</translation>
    </message>
    <message>
        <source>A finer map needs an addition: install showtell[map], and start again.</source>
        <translation>Une carte plus fine demande un ajout&#xa0;: installez showtell[map], puis redémarrez.</translation>
    </message>
    <message>
        <source>There is nothing to draw yet: record a few things first.</source>
        <translation>Il n’y a encore rien à dessiner&#xa0;: filmez d’abord quelques choses.</translation>
    </message>
    <message>
        <source>The map is being drawn…</source>
        <translation>La carte se dessine…</translation>
    </message>
    <message>
        <source>A finer map is being drawn; with many samples that takes a minute or two.</source>
        <translation>Une carte plus fine se dessine&#xa0;; avec beaucoup d’exemples, cela prend une minute ou deux.</translation>
    </message>
    <message>
        <source>One mark a sample; those that are kept aside to measure with are ringed.</source>
        <translation>Une marque par exemple&#xa0;; ceux mis de côté pour mesurer sont cerclés.</translation>
    </message>
    <message>
        <source>{drawn} of {all} are drawn; a line around them takes in all.</source>
        <translation>{drawn} dessinés sur {all}&#xa0;; un trait autour d’eux les prend tous.</translation>
    </message>
    <message>
        <source>1 sample from the map</source>
        <translation>1 exemple de la carte</translation>
    </message>
    <message>
        <source>{count} samples from the map</source>
        <translation>{count} exemples de la carte</translation>
    </message>
    <message>
        <source>kept aside, recognised</source>
        <translation>mis de côté, reconnu</translation>
    </message>
    <message>
        <source>kept aside, taken for {name}</source>
        <translation>mis de côté, pris pour {name}</translation>
    </message>
</context>
<context>
    <name>SamplePreview</name>
    <message>
        <source>The sample before</source>
        <translation>L’exemple précédent</translation>
    </message>
    <message>
        <source>The next sample</source>
        <translation>L’exemple suivant</translation>
    </message>
    <message>
        <source>Sample before</source>
        <translation>Exemple précédent</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>Exemple suivant</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Plus grand</translation>
    </message>
    <message>
        <source>Larger, or as it was (Enter)</source>
        <translation>Plus grand, ou comme avant (Entrée)</translation>
    </message>
    <message>
        <source>Pick a sample to see what the model makes of it.</source>
        <translation>Choisissez un exemple pour voir ce que le modèle en pense.</translation>
    </message>
    <message>
        <source>Show the whole recording</source>
        <translation>Voir toute la prise</translation>
    </message>
    <message>
        <source>Show the whole recording, and only that</source>
        <translation>Afficher toute la prise, et rien d’autre</translation>
    </message>
    <message>
        <source>Without a label</source>
        <translation>Sans catégorie</translation>
    </message>
    <message>
        <source>Sample: {name}</source>
        <translation>Exemple&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Recorded {when}, from {source}</source>
        <translation>Filmé&#xa0;: {when}, source&#xa0;: {source}</translation>
    </message>
    <message>
        <source>Recorded {when}</source>
        <translation>Filmé&#xa0;: {when}</translation>
    </message>
    <message>
        <source>It is held out: measured with, and not learned from.</source>
        <translation>Il est mis de côté&#xa0;: il sert à mesurer, pas à apprendre.</translation>
    </message>
    <message>
        <source>Not learned yet.</source>
        <translation>Pas encore appris.</translation>
    </message>
    <message>
        <source>Learned {when}: {reason}.</source>
        <translation>Appris&#xa0;: {when}, {reason}.</translation>
    </message>
    <message>
        <source>Learned.</source>
        <translation>Appris.</translation>
    </message>
    <message>
        <source>Deleted: nothing is learned from it.</source>
        <translation>Supprimé&#xa0;: rien n’en est appris.</translation>
    </message>
    <message>
        <source>It looks nearly the same as an earlier one of its recording.</source>
        <translation>Il est presque pareil à un exemple précédent de sa prise.</translation>
    </message>
    <message>
        <source>The other recordings would call this {name}.</source>
        <translation>D’après les autres prises, ce serait {name}.</translation>
    </message>
    <message>
        <source>Relabel as {name}</source>
        <translation>Reclasser en {name}</translation>
    </message>
    <message>
        <source>It shows {name} (Y)</source>
        <translation>Il montre {name} (Y)</translation>
    </message>
</context>
<context>
    <name>ScreenPage</name>
    <message>
        <source>What it says, for instance: Door open</source>
        <translation>Ce qu’il dit, par exemple&#xa0;: Porte ouverte</translation>
    </message>
    <message>
        <source>Text on the screen</source>
        <translation>Texte à l’écran</translation>
    </message>
    <message>
        <source>What the screen says, as large as it can; it may be empty</source>
        <translation>Ce que dit l’écran, aussi grand que possible&#xa0;; peut rester vide</translation>
    </message>
    <message>
        <source>until it is gone</source>
        <translation>tant que c’est là</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>For how long the screen is filled; Esc or a click frees it before</source>
        <translation>Combien de temps l’écran est rempli&#xa0;; Échap ou un clic le libère avant</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Écran</translation>
    </message>
    <message>
        <source>Colour {number}</source>
        <translation>Couleur {number}</translation>
    </message>
</context>
<context>
    <name>ScriptCard</name>
    <message>
        <source>In a script</source>
        <translation>Dans un script</translation>
    </message>
    <message>
        <source>For who writes programs: ask the model about a picture, on this computer, without this window.</source>
        <translation>Pour qui programme&#xa0;: interroger le modèle sur une image, sur cet ordinateur, sans cette fenêtre.</translation>
    </message>
    <message>
        <source>On the command line</source>
        <translation>En ligne de commande</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copier la commande</translation>
    </message>
    <message>
        <source>In Python</source>
        <translation>En Python</translation>
    </message>
    <message>
        <source>Copy the lines of Python</source>
        <translation>Copier les lignes de Python</translation>
    </message>
</context>
<context>
    <name>ServeCard</name>
    <message>
        <source>Let other programs ask</source>
        <translation>Laisser d’autres programmes l’interroger</translation>
    </message>
    <message>
        <source>For programs and browsers on this computer: they send a picture and get the answer, or teach it something, while this project is open.</source>
        <translation>Pour les programmes et les navigateurs de cet ordinateur&#xa0;: ils envoient une image et reçoivent la réponse, ou lui apprennent quelque chose, tant que ce projet est ouvert.</translation>
    </message>
    <message>
        <source>Address, with the key</source>
        <translation>Adresse, avec la clé</translation>
    </message>
    <message>
        <source>Copy the address with the key</source>
        <translation>Copier l’adresse avec la clé</translation>
    </message>
    <message>
        <source>From a program</source>
        <translation>Depuis un programme</translation>
    </message>
    <message>
        <source>Copy the command that asks</source>
        <translation>Copier la commande qui l’interroge</translation>
    </message>
    <message>
        <source>To install it</source>
        <translation>Pour l’installer</translation>
    </message>
    <message>
        <source>Copy the command that installs it</source>
        <translation>Copier la commande qui l’installe</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Démarrer</translation>
    </message>
    <message>
        <source>Let programs on this computer ask, until you stop it or close the project</source>
        <translation>Laisser les programmes de cet ordinateur l’interroger, jusqu’à ce que vous l’arrêtiez ou fermiez le projet</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Ouvrir dans le navigateur</translation>
    </message>
    <message>
        <source>Show in the browser what the camera sees, and what it is taken for</source>
        <translation>Montrer dans le navigateur ce que voit la caméra, et pour quoi c’est pris</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Let no other program ask any more</source>
        <translation>Ne plus laisser aucun autre programme l’interroger</translation>
    </message>
    <message>
        <source>{act}: let other programs ask</source>
        <translation>{act}&#xa0;: laisser d’autres programmes l’interroger</translation>
    </message>
    <message>
        <source>On. Only programs on this computer reach it, and only those that bring the key; nothing leaves this computer. A new start makes a new key.</source>
        <translation>Activé. Seuls les programmes de cet ordinateur y ont accès, et seulement avec la clé&#xa0;; rien ne quitte cet ordinateur. Un nouveau démarrage donne une nouvelle clé.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>What it takes is not installed here. Install it, and start Showtell again.</source>
        <translation>Ce qu’il faut pour cela n’est pas installé ici. Installez-le, et relancez Showtell.</translation>
    </message>
    <message>
        <source>Off. Nobody can ask.</source>
        <translation>Désactivé. Personne ne peut l’interroger.</translation>
    </message>
    <message>
        <source>Answered for 1 picture, took in {samples}.</source>
        <translation>A répondu pour 1 image, a reçu {samples}.</translation>
    </message>
    <message>
        <source>Answered for {count} pictures, took in {samples}.</source>
        <translation>A répondu pour {count} images, a reçu {samples}.</translation>
    </message>
</context>
<context>
    <name>ServingButton</name>
    <message>
        <source>Other programs on this computer can ask</source>
        <translation>D’autres programmes de cet ordinateur peuvent l’interroger</translation>
    </message>
    <message>
        <source>{words}: look at it in Use</source>
        <translation>{words}&#xa0;: voir dans Utiliser</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>No project is open.</source>
        <translation>Aucun projet n’est ouvert.</translation>
    </message>
    <message>
        <source>Open one, or make a new one, first.</source>
        <translation>Ouvrez-en un, ou créez-en un, d’abord.</translation>
    </message>
    <message>
        <source>There is no project</source>
        <translation>Il n’y a pas de projet</translation>
    </message>
    <message>
        <source>new class {name}</source>
        <translation>nouvelle catégorie {name}</translation>
    </message>
    <message>
        <source>rename {name}</source>
        <translation>renommer {name}</translation>
    </message>
    <message>
        <source>recolour {name}</source>
        <translation>recolorer {name}</translation>
    </message>
    <message>
        <source>undo {act}</source>
        <translation>annulation&#xa0;: {act}</translation>
    </message>
    <message>
        <source>redo {act}</source>
        <translation>rétablissement&#xa0;: {act}</translation>
    </message>
    <message>
        <source>remove {name}</source>
        <translation>supprimer {name}</translation>
    </message>
    <message>
        <source>removed {name}</source>
        <translation>suppression de {name}</translation>
    </message>
    <message>
        <source>key of {name}</source>
        <translation>touche de {name}</translation>
    </message>
    <message>
        <source>move {name}</source>
        <translation>déplacer {name}</translation>
    </message>
    <message>
        <source>relabel {samples} as {name}</source>
        <translation>reclasser {samples} en {name}</translation>
    </message>
    <message>
        <source>delete {samples}</source>
        <translation>supprimer {samples}</translation>
    </message>
    <message>
        <source>bring back {samples}</source>
        <translation>récupérer {samples}</translation>
    </message>
    <message>
        <source>hold out {samples}</source>
        <translation>mettre {samples} de côté</translation>
    </message>
    <message>
        <source>learn from {samples}</source>
        <translation>apprendre de {samples}</translation>
    </message>
    <message>
        <source>limit of unknown</source>
        <translation>limite de l’inconnu</translation>
    </message>
    <message>
        <source>record {name} ({count})</source>
        <translation>filmer {name} ({count})</translation>
    </message>
    <message>
        <source>recorded {name}</source>
        <translation>prise de {name}</translation>
    </message>
    <message>
        <source>{count} classes</source>
        <translation>{count} catégories</translation>
    </message>
    <message>
        <source>add {samples} to {name}</source>
        <translation>ajouter {samples} à {name}</translation>
    </message>
    <message>
        <source>add {samples} without a class</source>
        <translation>ajouter {samples} sans catégorie</translation>
    </message>
    <message>
        <source>added to {name}</source>
        <translation>ajout à {name}</translation>
    </message>
    <message>
        <source>learned what has changed</source>
        <translation>changements appris</translation>
    </message>
    <message>
        <source>learned: {name} (+{count})</source>
        <translation>appris&#xa0;: {name} (+{count})</translation>
    </message>
</context>
<context>
    <name>SessionActs</name>
    <message>
        <source>The learner stopped several times in a row.</source>
        <translation>L’apprentissage s’est arrêté plusieurs fois de suite.</translation>
    </message>
    <message>
        <source>Your samples are safe, and recording still works.</source>
        <translation>Vos exemples sont en sécurité, et vous pouvez toujours filmer.</translation>
    </message>
    <message>
        <source>Learning is paused</source>
        <translation>L’apprentissage est en pause</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>Le relancer</translation>
    </message>
    <message>
        <source>Start the learner again</source>
        <translation>Relancer l’apprentissage</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Undo {act}</source>
        <translation>Annuler&#xa0;: {act}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Redo {act}</source>
        <translation>Rétablir&#xa0;: {act}</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>demandé</translation>
    </message>
</context>
<context>
    <name>ShareRows</name>
    <message>
        <source>What the model says about this picture, most likely first</source>
        <translation>Ce que le modèle dit de cette image, le plus probable d’abord</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Pas de réponse</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Go to Teach</source>
        <translation>Aller à Montrer</translation>
    </message>
    <message>
        <source>Go to Review</source>
        <translation>Aller à Trier</translation>
    </message>
    <message>
        <source>Go to Insight</source>
        <translation>Aller à Comprendre</translation>
    </message>
    <message>
        <source>Go to Use</source>
        <translation>Aller à Utiliser</translation>
    </message>
    <message>
        <source>Take back the last act</source>
        <translation>Annuler le dernier geste</translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation>Le refaire</translation>
    </message>
    <message>
        <source>Pause learning, or go on</source>
        <translation>Suspendre l’apprentissage, ou continuer</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Nouveau projet</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ouvrir un projet</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>Show the keys of the room</source>
        <translation>Afficher les touches de la pièce</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>Nouvelle catégorie</translation>
    </message>
    <message>
        <source>The answer is right</source>
        <translation>La réponse est juste</translation>
    </message>
    <message>
        <source>It is none of these: name what is seen now</source>
        <translation>Rien de tout cela&#xa0;: nommer ce qui est vu</translation>
    </message>
    <message>
        <source>Not now: let the question go</source>
        <translation>Pas maintenant&#xa0;: laisser la question</translation>
    </message>
    <message>
        <source>How to record</source>
        <translation>Réglages de prise</translation>
    </message>
    <message>
        <source>When to say unknown</source>
        <translation>Quand dire inconnu</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>Exemple suivant</translation>
    </message>
    <message>
        <source>Sample before</source>
        <translation>Exemple précédent</translation>
    </message>
    <message>
        <source>Delete what is picked</source>
        <translation>Supprimer ce qui est choisi</translation>
    </message>
    <message>
        <source>Hold out what is picked</source>
        <translation>Mettre de côté ce qui est choisi</translation>
    </message>
    <message>
        <source>Relabel it as other recordings suggest</source>
        <translation>Reclasser comme les autres prises le suggèrent</translation>
    </message>
    <message>
        <source>Show where the model looks</source>
        <translation>Montrer où le modèle regarde</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Trier</translation>
    </message>
    <message>
        <source>Insight</source>
        <translation>Comprendre</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close this panel (Esc)</source>
        <translation>Fermer ce volet (Échap)</translation>
    </message>
</context>
<context>
    <name>SoundPage</name>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Which sound is played</source>
        <translation>Quel son est joué</translation>
    </message>
    <message>
        <source>A WAV file…</source>
        <translation>Un fichier WAV…</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Choose a WAV file on this computer</source>
        <translation>Choisir un fichier WAV sur cet ordinateur</translation>
    </message>
    <message>
        <source>Choose a WAV file</source>
        <translation>Choisir un fichier WAV</translation>
    </message>
    <message>
        <source>Choose a sound</source>
        <translation>Choisir un son</translation>
    </message>
    <message>
        <source>Sounds (*.wav)</source>
        <translation>Sons (*.wav)</translation>
    </message>
    <message>
        <source>No file is chosen yet.</source>
        <translation>Aucun fichier n’est encore choisi.</translation>
    </message>
</context>
<context>
    <name>StateDetails</name>
    <message>
        <source>The learner</source>
        <translation>L’apprentissage</translation>
    </message>
    <message>
        <source>Progress of learning</source>
        <translation>Avancement de l’apprentissage</translation>
    </message>
    <message>
        <source>How well the last batch went: its loss (smaller is better) and how much of it was right.
The batch is made of samples it learns from, so this is no measure of how good the model is.</source>
        <translation>Comment le dernier lot s’est passé&#xa0;: sa perte (plus petite, c’est mieux) et ce qui y était juste.
Le lot est fait d’exemples dont il apprend&#xa0;; cela ne mesure donc pas si le modèle est bon.</translation>
    </message>
    <message>
        <source>Go on learning</source>
        <translation>Continuer d’apprendre</translation>
    </message>
    <message>
        <source>Pause learning</source>
        <translation>Suspendre l’apprentissage</translation>
    </message>
    <message>
        <source>Learn again</source>
        <translation>Reprendre l’apprentissage</translation>
    </message>
    <message>
        <source>Learn nothing until you say so; answers go on</source>
        <translation>Ne rien apprendre jusqu’à nouvel ordre&#xa0;; les réponses continuent</translation>
    </message>
    <message>
        <source>Go over everything</source>
        <translation>Tout repasser en revue</translation>
    </message>
    <message>
        <source>Learn everything anew, without waiting for quiet</source>
        <translation>Tout réapprendre, sans attendre un moment calme</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Keep the backbone in use, and give up the other one</source>
        <translation>Garder le modèle de base actuel et abandonner l’autre</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>Le relancer</translation>
    </message>
    <message>
        <source>Start the learner again</source>
        <translation>Relancer l’apprentissage</translation>
    </message>
</context>
<context>
    <name>StatePill</name>
    <message>
        <source>What the learner is doing, and where; press for more</source>
        <translation>Où en est l’apprentissage&#xa0;; appuyer pour en savoir plus</translation>
    </message>
    <message>
        <source>no project</source>
        <translation>aucun projet</translation>
    </message>
    <message>
        <source>Learner: {state}</source>
        <translation>Apprentissage&#xa0;: {state}</translation>
    </message>
</context>
<context>
    <name>StepChart</name>
    <message>
        <source>Loss of each step</source>
        <translation>Perte à chaque étape</translation>
    </message>
    <message>
        <source>Share of each batch that was right</source>
        <translation>Part juste de chaque lot</translation>
    </message>
    <message>
        <source>Loss of each step: how far off its answers were. Smaller is better</source>
        <translation>Perte à chaque étape&#xa0;: combien ses réponses étaient loin du but. Plus petite, c’est mieux</translation>
    </message>
    <message>
        <source>How much of each batch was right. It learns from these, so it measures nothing</source>
        <translation>Part juste de chaque lot. Il apprend d’eux, cela ne mesure donc rien</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>Pas à pas</translation>
    </message>
    <message>
        <source>While it learns, its steps are drawn here.</source>
        <translation>Pendant qu’il apprend, ses étapes se dessinent ici.</translation>
    </message>
    <message>
        <source>Learning: step {number} of {total}</source>
        <translation>Apprentissage&#xa0;: étape {number} sur {total}</translation>
    </message>
    <message>
        <source>Last time: {number} steps</source>
        <translation>La dernière fois&#xa0;: {number} étapes</translation>
    </message>
    <message>
        <source>loss, smaller is better</source>
        <translation>perte, plus petite est mieux</translation>
    </message>
    <message>
        <source>right in the batch it learns from</source>
        <translation>juste dans le lot dont il apprend</translation>
    </message>
</context>
<context>
    <name>TeachRoom</name>
    <message>
        <source>Hold: record that class. Tap: this picture is one of it</source>
        <translation>Tenir&#xa0;: filmer cette catégorie. Taper&#xa0;: cette image en fait partie</translation>
    </message>
    <message>
        <source>How to record: camera, square, rate, countdown, length</source>
        <translation>Réglages de prise&#xa0;: caméra, carré, cadence, décompte, longueur</translation>
    </message>
    <message>
        <source>When to say unknown</source>
        <translation>Quand dire inconnu</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Retour arrière</translation>
    </message>
    <message>
        <source>It is none of these: name what is seen now</source>
        <translation>Rien de tout cela&#xa0;: nommer ce qui est vu</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down</source>
        <translation>Alt+Haut, Alt+Bas</translation>
    </message>
    <message>
        <source>Move the class card that has the focus</source>
        <translation>Déplacer la carte de catégorie active</translation>
    </message>
    <message>
        <source>F2</source>
        <translation>F2</translation>
    </message>
    <message>
        <source>Rename the class card that has the focus</source>
        <translation>Renommer la carte de catégorie active</translation>
    </message>
    <message>
        <source>Arrows, +, −, Home</source>
        <translation>Flèches, +, −, Début</translation>
    </message>
    <message>
        <source>Move and zoom the square, when the picture has the focus</source>
        <translation>Déplacer et zoomer le carré, quand l’image est active</translation>
    </message>
    <message>
        <source>There is no picture to record.</source>
        <translation>Il n’y a pas d’image à filmer.</translation>
    </message>
    <message>
        <source>{name}, thank you (+1)</source>
        <translation>{name}, merci (+1)</translation>
    </message>
    <message>
        <source>No class has the key {key} yet. Press N to name one.</source>
        <translation>Aucune catégorie n’a encore la touche {key}. Appuyez sur N pour en nommer une.</translation>
    </message>
    <message>
        <source>There is no answer that could be right.</source>
        <translation>Il n’y a pas de réponse qui puisse être juste.</translation>
    </message>
    <message>
        <source>{name} confirmed (+1)</source>
        <translation>{name} confirmé (+1)</translation>
    </message>
    <message>
        <source>I know only one thing so far: {name}. Teach me a second one: press N and name it.</source>
        <translation>Je ne connais encore qu’une chose&#xa0;: {name}. Apprenez-m’en une autre&#xa0;: appuyez sur N et nommez-la.</translation>
    </message>
    <message>
        <source>its button</source>
        <translation>son bouton</translation>
    </message>
    <message>
        <source>Show me {name} and hold {key} for two seconds.</source>
        <translation>Montrez-moi {name} et tenez {key} deux secondes.</translation>
    </message>
    <message>
        <source>Show me something, then press N and tell me what it is.</source>
        <translation>Montrez-moi quelque chose, puis appuyez sur N et dites-moi ce que c’est.</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>1 sample</source>
        <translation>1 exemple</translation>
    </message>
    <message>
        <source>{count} samples</source>
        <translation>{count} exemples</translation>
    </message>
</context>
<context>
    <name>UndoList</name>
    <message>
        <source>What was done</source>
        <translation>Ce qui a été fait</translation>
    </message>
    <message>
        <source>Click one to go back there.</source>
        <translation>Cliquez sur une ligne pour y revenir.</translation>
    </message>
    <message>
        <source>The newest is above; what was taken back is grey</source>
        <translation>Le plus récent est en haut&#xa0;; ce qui a été annulé est gris</translation>
    </message>
    <message>
        <source>as it was opened</source>
        <translation>comme à l’ouverture</translation>
    </message>
    <message>
        <source>{act}, now</source>
        <translation>{act}, maintenant</translation>
    </message>
    <message>
        <source>{act}, taken back</source>
        <translation>{act}, annulé</translation>
    </message>
</context>
<context>
    <name>UnknownPanel</name>
    <message>
        <source>When to say “unknown”</source>
        <translation>Quand dire «&#xa0;inconnu&#xa0;»</translation>
    </message>
    <message>
        <source>When to say unknown</source>
        <translation>Quand dire inconnu</translation>
    </message>
    <message>
        <source>To the left: cautious, it says “unknown” sooner. To the right: bold, it rather names what is nearest.
The hatched part is called unknown; the mark is what the camera sees now. Undo takes it back.</source>
        <translation>À gauche&#xa0;: prudent, il dit plus vite «&#xa0;inconnu&#xa0;». À droite&#xa0;: audacieux, il nomme plutôt le plus proche.
La partie hachurée est dite inconnue&#xa0;; la marque est ce que voit la caméra maintenant. Annuler revient en arrière.</translation>
    </message>
    <message>
        <source>cautious</source>
        <translation>prudent</translation>
    </message>
    <message>
        <source>bold</source>
        <translation>audacieux</translation>
    </message>
    <message>
        <source>Teach two things, and what the camera sees is marked here.</source>
        <translation>Apprenez-lui deux choses, et ce que voit la caméra sera marqué ici.</translation>
    </message>
    <message>
        <source>What the camera sees now counts as unknown.</source>
        <translation>Ce que voit la caméra maintenant compte comme inconnu.</translation>
    </message>
    <message>
        <source>What the camera sees now counts as known.</source>
        <translation>Ce que voit la caméra maintenant compte comme connu.</translation>
    </message>
    <message>
        <source>What it does to known things is not measured yet: record each thing a few times.</source>
        <translation>L’effet sur les choses connues n’est pas encore mesuré&#xa0;: filmez chaque chose quelques fois.</translation>
    </message>
    <message>
        <source>Of the recordings held out to measure with, it would call none unknown by mistake.</source>
        <translation>Parmi les prises mises de côté pour mesurer, il n’en dirait aucune inconnue par erreur.</translation>
    </message>
    <message>
        <source>Of 100 recordings of things it knows, it would call {count} unknown by mistake.</source>
        <translation>Sur 100 prises de choses qu’il connaît, il en dirait {count} inconnues par erreur.</translation>
    </message>
</context>
<context>
    <name>UnknownSlider</name>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>How good it is</source>
        <translation>S’il est bon</translation>
    </message>
    <message>
        <source>Filled: how much of it is found. Outlined: how often its name is right.</source>
        <translation>Plein&#xa0;: part reconnue. Contour&#xa0;: combien de fois son nom est juste.</translation>
    </message>
</context>
<context>
    <name>VersionComparison</name>
    <message>
        <source>Each was measured on the recordings kept aside at its time.</source>
        <translation>Chacune a été mesurée sur les prises mises de côté à son époque.</translation>
    </message>
    <message>
        <source>Two versions side by side</source>
        <translation>Deux versions côte à côte</translation>
    </message>
    <message>
        <source>Figures of the two versions, in 100</source>
        <translation>Chiffres des deux versions, sur 100</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close the comparison</source>
        <translation>Fermer la comparaison</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Juste</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Catégories</translation>
    </message>
    <message>
        <source>{name}, found</source>
        <translation>{name}, reconnu</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>version {number}</translation>
    </message>
    <message>
        <source>In 100</source>
        <translation>Sur 100</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>différence</translation>
    </message>
</context>
<context>
    <name>VersionList</name>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
    <message>
        <source>Put this version in use again</source>
        <translation>Remettre cette version en service</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <source>Set two versions, or this one and that in use, side by side</source>
        <translation>Mettre côte à côte deux versions, ou celle-ci et celle en service</translation>
    </message>
    <message>
        <source>There is no version yet. Every time it learns, there is one more.</source>
        <translation>Il n’y a pas encore de version. Chaque apprentissage en ajoute une.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Faite</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Comment</translation>
    </message>
    <message>
        <source>Right in 100</source>
        <translation>Juste sur 100</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Catégories</translation>
    </message>
    <message>
        <source>Versions that are kept</source>
        <translation>Versions gardées</translation>
    </message>
    <message>
        <source>Choose one with the arrow keys or a click, a second one with Ctrl</source>
        <translation>Choisissez-en une avec les flèches ou d’un clic, une deuxième avec Ctrl</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>en service</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>épinglée</translation>
    </message>
    <message>
        <source>{how}, with another backbone</source>
        <translation>{how}, avec un autre modèle de base</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Détacher</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Épingler</translation>
    </message>
    <message>
        <source>Let this version go when there are many newer ones</source>
        <translation>Laisser partir cette version quand il y en a beaucoup de plus récentes</translation>
    </message>
    <message>
        <source>Keep this version however many newer ones there are</source>
        <translation>Garder cette version, même s’il y en a beaucoup de plus récentes</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>New project</source>
        <translation>Nouveau projet</translation>
    </message>
    <message>
        <source>Teach it things of yours, with your camera.</source>
        <translation>Apprenez-lui vos choses, avec votre caméra.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Go on with a project that you have.</source>
        <translation>Continuer un projet que vous avez.</translation>
    </message>
    <message>
        <source>Try it without a camera</source>
        <translation>Essayer sans caméra</translation>
    </message>
    <message>
        <source>Practise on a drawn desk with a mug, scissors and more.</source>
        <translation>S’exercer sur un bureau dessiné, avec une tasse, des ciseaux, etc.</translation>
    </message>
    <message>
        <source>Watch the demo</source>
        <translation>Regarder la démo</translation>
    </message>
    <message>
        <source>It teaches itself four things in a minute.</source>
        <translation>Il apprend tout seul quatre choses en une minute.</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Projets récents</translation>
    </message>
    <message>
        <source>Show it a thing. Tell it what it is.</source>
        <translation>Montrez une chose. Dites ce que c’est.</translation>
    </message>
    <message>
        <source>It has learned it before you put the thing down. Everything stays on this computer.</source>
        <translation>Il l’a apprise avant que vous l’ayez posée. Tout reste sur cet ordinateur.</translation>
    </message>
</context>
</TS>
