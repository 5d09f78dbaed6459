import Documents
import Foundation
import Response
import TestSupport
import Testing
import Texts
import Warnings

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What somebody wrote stays text, in every form.
@Suite("Documents: names with markup") struct EscapingTests {
    /// A document with a text in every place that takes one.
    private static func document(_ text: String) -> Document {
        Document(
            .english, title: text,
            blocks: [
                .heading(text), .paragraph(text), .banner(text, .red), .facts([.init(text, text)]), .list([text]),
                .table(.init(text, header: [text, text], rows: [[text, text], [text, nil]])),
                .signature(.init(title: text, text: text, signer: text, time: text)),
            ])
    }

    @Test(arguments: Fixture.hostile) func `HTML and XML have the same elements whatever the text, and all of the text`(
        text: String
    ) throws {
        let tree = try XMLTree(Self.document(text).html)
        #expect(tree.names == (try XMLTree(Self.document("plain").html)).names)
        // The head is the same text again; a character that XML has not is shown as one that could not be written.
        let shown = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar == "\n" ? "\n" : scalar.steersTerminals || scalar.value >= 0xFFFE ? "\u{FFFD}" : scalar
                }))
        #expect(
            tree.first("h1")?.text == shown && tree.first("td")?.text == shown && tree.first("title")?.text == shown)
    }

    @Test(arguments: Fixture.hostile) func `Markdown escapes what could start markup`(text: String) {
        for line in Self.document(text).markdown.split(separator: "\n") {
            var rest = Substring(line.replacing("____ (to be", with: ""))
            // What the document itself writes.
            for own in ["# ", "## ", "### ", "> **", "- **", "- ", "**"] where rest.hasPrefix(own) {
                rest = rest.dropFirst(own.count)
                break
            }
            // Pairs of a backslash and what it escapes are text.
            let open = rest.replacing(/\\[\\`*_\[\]<>|&~@$#+\-=.):]/, with: "")
            let marks = open.filter { "`[]<>&~@$".contains($0) }
            #expect(marks.isEmpty, "\(line)")
            #expect(!open.contains("www.") && !open.contains("://"), "\(line)")
            #expect(!rest.hasPrefix("#") && rest.prefixMatch(of: /[0-9]+[.)] |[-+=]/) == nil, "\(line)")
        }
    }

    @Test(arguments: Fixture.hostile) func `plain text has as many lines whatever the text, and steers no terminal`(
        text: String
    ) {
        let written = Self.document(text).plainText
        #expect(written.count { $0.isNewline } == Self.document("plain").plainText.count { $0.isNewline })
        #expect(written.unicodeScalars.allSatisfy { !$0.steersTerminals || $0 == "\n" })
    }

    @Test func `what a hostile name says is in a CAP message, as text`() throws {
        for text in Fixture.hostile {
            var source = Fixture.source()
            source.fields.issuer = text
            source.fields.weather = text
            let sender = try #require(CAPMessage.Sender("13100041600000"))
            let message = try #require(source.messages(CAPOptions(sender: sender)).first)
            let tree = try XMLTree(message.xml)
            #expect(tree.all("senderName").count == 2 && tree.all("script").isEmpty)
        }
    }

    @Test func `xmllint finds the pages and the messages well-formed`() throws {
        let folder = try TemporaryFolder()
        let sender = try #require(CAPMessage.Sender("13100041600000"))
        var files: [String] = []
        for (place, text) in Fixture.hostile.enumerated() {
            files.append(try folder.write("\(place).html", Self.document(text).html))
            var source = Fixture.source([Fixture.orange, Fixture.lift])
            source.fields.issuer = text
            for (number, message) in source.messages(CAPOptions(sender: sender)).enumerated() {
                files.append(try folder.write("\(place)-\(number).xml", message.xml))
            }
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/xmllint")
        process.arguments = ["--noout"] + files
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
