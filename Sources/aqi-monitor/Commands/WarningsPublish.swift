import AQICore
import ArgumentParser
import Documents
import Foundation
import Texts
import Warnings

struct WarningsPublish: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract:
            "Hands over to the release centre: a CAP 1.2 message and a text of each notice, as files in a folder.",
        discussion: """
            Writes what the folder does not have yet, each file whole or not at all; what is there is left alone. A lift
            waits for an hour: the issue for the next spell goes out with it. Where something is not filled in, nothing is handed
            over: the fields that lack are named (exit 65), and given with --field or --fields, or --blanks hands over as it is.
            What is given goes into every notice that is written; --at hands over what had been issued by then.

            EXAMPLES
              aqi-monitor warnings publish --store air.db --out /var/spool/release-centre --sender 13100041600000 \\
                --field weather="calm, inversion until the 6th" --field responseUntil="2026-12-06 12:00"
              aqi-monitor warnings publish --store air.db --out drafts --sender 13100041600000 --blanks
            """)

    @Option(help: "The folder; made where it is not there.")
    var out: String

    @Option(help: "The code of the unit that issues, 14 digits: region (GB/T 2260), body (GB/T 4657), unit, extension.")
    var sender: String

    @Option(help: "The release centre's code of heavy-pollution weather.")
    var eventCode: String?

    @OptionGroup var blanks: BlankOptions
    @OptionGroup var source: DocumentOptions
    @OptionGroup var common: CommonOptions

    func validate() throws { _ = try CAPOptions(sender: sender, isExercise: false, eventCode: nil) }

    mutating func run() throws {
        let now = self.source.now
        var source = try self.source.read { _ in nil }
        let options = try CAPOptions(sender: sender, isExercise: source.isExercise, eventCode: eventCode)
        let notices = PublicNotice.all(of: source.changes.filter { $0.issued <= now }).filter { $0.isComplete(at: now) }
        source.changes = notices.flatMap(\.changes)
        let messages = source.messages(options).compactMap { message in
            notices.first { $0.issued == message.sent }.map { (message: message, notice: $0) }
        }
        try blanks.check(
            messages.filter { !isThere($0.message) }.map { ($0.message.identifier, $0.notice) }, of: source)
        try NewFiles.makeFolder(out)
        for (message, notice) in messages {
            let path = path(of: message)
            try write(message.xml, to: "\(path).xml")
            for language in Language.allCases {
                try write(source.notice(notice, in: language).plainText, to: "\(path).\(language.rawValue).txt")
            }
        }
    }

    private func path(of message: CAPMessage) -> String { "\(out)/\(message.identifier)" }

    /// Whether nothing of a message is left to write.
    private func isThere(_ message: CAPMessage) -> Bool {
        (["xml"] + Language.allCases.map { "\($0.rawValue).txt" }).allSatisfy {
            FileManager.default.fileExists(atPath: "\(path(of: message)).\($0)")
        }
    }

    private func write(_ text: String, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        var output = try Output(path: path)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            try output.line(String(line))
        }
        try output.finish()
        Session.say(path)
    }
}
