package import Texts
package import Warnings

/// A document as a list of blocks, in one language; written as Markdown, HTML or plain text.
///
/// Every text in it is plain text: what reads like markup is written so that it stays text.
package struct Document: Equatable, Sendable {
    package enum Block: Equatable, Sendable {
        case heading(String)
        case subheading(String)
        case paragraph(String)
        /// Something nobody may overlook; the level gives its colour.
        case banner(String, WarningLevel?)
        case facts([Fact])
        case list([String])
        case table(Table)
        case signature(SignatureBlock)
        case curve(Curve)
    }

    /// A name and what is known of it; nil is a blank to fill in.
    package struct Fact: Equatable, Sendable {
        package let name: String
        package let value: String?
        /// Of what lacks something: the field that gives it.
        package let missing: DocumentFields.CodingKeys?

        package init(_ name: String, _ value: String?, missing field: DocumentFields.CodingKeys? = nil) {
            self.name = name
            self.value = value
            missing = field
        }
    }

    /// The first cell of a row names it; nil is a blank to fill in.
    package struct Table: Equatable, Sendable {
        package let caption: String
        package let header: [String]
        package let rows: [[String?]]

        package init(_ caption: String, header: [String], rows: [[String?]]) {
            self.caption = caption
            self.header = header
            self.rows = rows
        }
    }

    /// What somebody says, signs and dates.
    package struct SignatureBlock: Equatable, Sendable {
        package let title: String
        package let text: String?
        package let signer: String?
        package let time: String?

        package init(title: String, text: String?, signer: String?, time: String?) {
            self.title = title
            self.text = text
            self.signer = signer
            self.time = time
        }
    }

    package let language: Language
    package let title: String
    package var blocks: [Block] = []

    package init(_ language: Language, title: String, blocks: [Block] = []) {
        self.language = language
        self.title = title
        self.blocks = blocks
    }

    var words: any Words { language.words }

    /// What of its facts is still to be filled in.
    package var blanks: [Fact] {
        blocks.flatMap { block -> [Fact] in
            guard case .facts(let facts) = block else { return [] }
            return facts.filter { $0.missing != nil }
        }
    }

    /// The lines of a signature under its text.
    func lines(of signature: SignatureBlock) -> [Fact] {
        [
            Fact(words.label(.signer), signature.signer), Fact(words.label(.signedAt), signature.time),
        ]
    }
}
