import AQICore
import Documents
import Inventory
import Testing
import Texts
import Warnings

/// Plan 五(七), 附件6: the public board of a plant.
@Suite("Documents: the board of a plant") struct PlantBoardTests {
    private let hostile = "<script>alert(1)</script> & \"x\" [a](javascript:b) | `c` \u{1B}[2J"

    private func board(_ change: (inout Plant, inout PlantProcess) -> Void = { _, _ in }) throws -> PlantBoard {
        let line = SourceLine(file: "t.csv", line: 1)
        var plant = Plant(id: "P1", name: "Mill", area: "三河市", line: line)
        plant.responsible = "王某"
        plant.phone = "0316-1234567"
        plant.preparationHours = 6
        plant.batches = 2
        plant.limits.red = Plant.Consumption(gas: 1_500_000, power: 250_500)
        var process = PlantProcess(plant: "P1", name: "cold rolling", industry: 5, line: line)
        process.rating = .b
        process.lineCount = 4
        process.stated = ByLevel { $0 == .yellow ? .none : $0 == .orange ? Cut(hundredths: 3333) : .stop }
        process.actions.red = "all four lines stop"
        change(&plant, &process)
        var tables = InventoryTables()
        tables.plants = [plant]
        tables.processes = [process]
        let inventory = try EmissionInventory(tables, on: NaturalDay(number: 20_773))
        return try #require(PlantBoard(of: "P1", in: inventory))
    }

    @Test func `it says what happens at each level, how long it takes and who answers for it`() throws {
        let text = try board().document(in: .english).plainText
        for part in [
            "Mill (P1)", "三河市", "Rating: B", "王某", "0316-1234567", "6 h", "2, which stop in turn", "cold rolling",
            "runs",
            "33.33 % less", "stops", "all four lines stop", "250.5 kWh, 1500 m³ of gas a day",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        let chinese = try board().document(in: .chinese)
        for part in ["公示牌", "黄色预警", "橙色预警", "红色预警", "正常生产", "减排 33.33 %", "停产", "准备时间", "6 小时", "责任人"] {
            #expect(
                chinese.plainText.contains(part) && chinese.html.contains(part) && chinese.markdown.contains(part),
                "\(part)")
        }
    }

    @Test func `what is not known is a blank to fill in, not left out`() throws {
        let text = try board { plant, _ in
            plant.responsible = ""
            plant.phone = ""
            plant.preparationHours = nil
        }.document(in: .english).plainText
        #expect(text.contains("Responsible: ____") && text.contains("Preparation: ____"))
    }

    @Test func `names never become markup`() throws {
        for language in Language.allCases {
            let document = try board { plant, process in
                plant.name = hostile
                plant.area = hostile
                plant.responsible = hostile
                process.name = hostile
                process.actions.yellow = hostile
            }.document(in: language)
            #expect(!document.html.contains("<script") && document.html.contains("&lt;script&gt;"))
            #expect(!document.markdown.contains("<script") || document.markdown.contains("\\<script"))
            #expect(document.markdown.contains("\\[a\\](javascript"))
            for text in [document.html, document.markdown, document.plainText] { #expect(!text.contains("\u{1B}")) }
        }
    }

    @Test func `nobody else's plant has a board`() throws {
        let inventory = try EmissionInventory(InventoryTables(), on: NaturalDay(number: 20_773))
        #expect(PlantBoard(of: "P1", in: inventory) == nil)
    }

    @Test func `whatever is found, listed or printed has words of its own in both languages`() {
        for language in Language.allCases {
            let words = language.words
            #expect(Set(Inspection.Finding.allCases.map(words.finding)).count == Inspection.Finding.allCases.count)
            #expect(Set(Membership.Ground.allCases.map(words.ground)).count == Membership.Ground.allCases.count)
            #expect(Set(Rating.allCases.map(words.rating)).count == Rating.allCases.count)
            #expect(Set(BoardLabel.allCases.map(words.board)).count == BoardLabel.allCases.count)
        }
    }
}
