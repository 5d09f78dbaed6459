package import Inventory
package import Texts
import Warnings

extension PlantBoard {
    /// The board as a page to print and put up.
    package func document(in language: Language) -> Document {
        let words = language.words
        var facts = [
            Document.Fact(words.board(.area), plant.area), Document.Fact(words.board(.rating), words.rating(rating)),
        ]
        if let membership { facts.append(Document.Fact(words.board(.list), words.boardMember(membership))) }
        let responsible = [plant.responsible, plant.phone].filter { !$0.isEmpty }
        facts += [
            // Blanks to fill in: a board without them is none.
            Document.Fact(words.board(.responsible), responsible.isEmpty ? nil : responsible.joined(separator: "  ")),
            Document.Fact(words.board(.preparation), plant.preparationHours.map(words.boardHours)),
            Document.Fact(words.board(.batches), words.boardBatches(plant.batches)),
        ]
        if let ordinary = words.boardConsumption(plant.ordinary) {
            facts.append(Document.Fact(words.board(.ordinary), ordinary))
        }
        var blocks: [Document.Block] = [.heading("\(plant.name) (\(plant.id))"), .facts(facts)]
        for level in WarningLevel.allCases { blocks += self.blocks(level, words) }
        blocks.append(.paragraph(words.boardBasis))
        return Document(language, title: words.boardTitle, blocks: blocks)
    }

    private func blocks(_ level: WarningLevel, _ words: any Words) -> [Document.Block] {
        let limits = words.boardConsumption(plant.limits[level]).map { [Document.Fact(words.board(.limit), $0)] }
        return [
            .banner(words.warning(level), level),
            .table(
                Document.Table(
                    words.boardMeasures(level),
                    header: [.process, .lineCount, .cut, .action].map(words.board),
                    rows: levels[level].map {
                        [$0.process, "\($0.lineCount)", words.boardCut($0.cut), $0.action.isEmpty ? "-" : $0.action]
                    })),
        ] + (limits.map { [.facts($0)] } ?? [])
    }
}
