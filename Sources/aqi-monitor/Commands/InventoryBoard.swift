import ArgumentParser
import Documents
import Inventory
import Texts

struct InventoryBoard: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "board",
        abstract: "The public board of a plant: what it does at each level, as a page to print.",
        discussion: """
            Which lines and processes stop, key figures, preparation, who is responsible. HTML prints on A4.

            EXAMPLES
              aqi-monitor inventory board P000042 *.csv --lang zh -o P000042.html
              aqi-monitor inventory board P000042 *.csv --format text
            """)

    @Argument(help: "The plant, by its number.")
    var plant: String

    @OptionGroup var inventory: InventoryOptions

    @Option(help: "html, md or text.")
    var format: Format = .html

    @Option(name: .shortAndLong, help: "Write here instead of standard output; the file appears when it is whole.")
    var output: String?

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case html, md, text
    }

    mutating func run() throws {
        guard let board = PlantBoard(of: plant, in: try inventory.readOrFail()) else {
            throw Failure(.badData, Session.words.noPlant(plant))
        }
        // Plan 五(三): results are published, classified plants excepted.
        guard !board.plant.isClassified else { throw Failure(.badData, Session.words.plantIsClassified(plant)) }
        let document = board.document(in: Session.language)
        let text =
            switch format {
            case .html: document.html
            case .md: document.markdown
            case .text: document.plainText
            }
        var output = try Output(path: output)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            try output.line(String(line))
        }
        try output.finish()
    }
}
