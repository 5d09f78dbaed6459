import AQICore
import Ingest
import Inventory
import TestSupport
import Testing

/// Every way in which a table of an inventory can be wrong, by line and column.
@Suite("Ingest: tables of the inventory") struct InventoryReaderTests {
    private static let plants = "plant,name,area,park,transport,batches,rated,idle,power_kwh\n"
    private static let plant = "P1,Mill,三河市,yes,road,2,2026-03-01,,12.5\n"
    private static let processes =
        "plant,process,industry,rating,lines,so2_t,nox_t,pm_t,vocs_t,yellow_cut,orange_cut,red_cut\n"
    private static let process = "P1,kiln,4,B,2,1.5,0.000001,0,1000000,,33.33,stop\n"
    private static let base = "quantity,sector,pollutant,value,unit\n"

    private func faults(_ text: String) throws -> [InventoryFault] {
        var reader = InventoryReader(industryNames: [["flour"], ["frying", "油炸"]])
        reader.read(Array(text.utf8), file: "t.csv")
        return reader.faults
    }

    private func fault(_ kind: InventoryFault.Kind, _ line: Int, _ column: String?) -> InventoryFault {
        InventoryFault(kind, at: SourceLine(file: "t.csv", line: line), column: column)
    }

    @Test func `good rows are read to the gram`() throws {
        var reader = InventoryReader(industryNames: [["flour"], ["frying", "油炸"]])
        reader.read(Array((Self.plants + Self.plant).utf8), file: "plants.csv")
        reader.read(
            Array((Self.processes + Self.process + "P1,oil,油炸,none,,0,0,0,0,,,\nP1,x,other,C,,0,0,0,0,0,0,100\n").utf8),
            file: "processes.csv")
        #expect(reader.faults == [])
        let plant = try #require(reader.tables.plants.first)
        #expect(plant.name == "Mill" && plant.isInPark && plant.batches == 2 && plant.ordinary.power == 12_500)
        #expect(plant.rated == CivilDate(year: 2026, month: 3, day: 1).map(NaturalDay.init))
        let process = reader.tables.processes[0]
        #expect(
            process.emissions.so2 == 1_500_000 && process.emissions.nox == 1 && process.emissions.vocs == Emissions.most
        )
        #expect(process.industry == 4 && process.rating == .b && process.lineCount == 2)
        #expect(process.cuts.yellow == .none && process.cuts.orange.hundredths == 3333 && process.cuts.red == .stop)
        #expect(reader.tables.processes.map(\.industry) == [4, 2, nil])
        #expect(reader.tables.processes[2].cuts.red == .stop)
    }

    @Test(
        arguments: [
            ("P1,kiln,20,B,2,1,1,1,1,,,", "industry", .notOneOf("20", allowed: ["1 ... 19", "other"])),
            ("P1,kiln,steel,B,2,1,1,1,1,,,", "industry", .notOneOf("steel", allowed: ["1 ... 19", "other"])),
            ("P1,kiln,,B,2,1,1,1,1,,,", "industry", .notOneOf("", allowed: ["1 ... 19", "other"])),
            ("P1,kiln,4,D,2,1,1,1,1,,,", "rating", .notOneOf("D", allowed: ["A", "B", "C", "leader", "none"])),
            ("P1,kiln,4,B,2,1e9,1,1,1,,,", "so2_t", .badNumber("1e9")),
            ("P1,kiln,4,B,2,1,\"1,000\",1,1,,,", "nox_t", .badNumber("1,000")),
            ("P1,kiln,4,B,2,1,1,5kg,1,,,", "pm_t", .badNumber("5kg")),
            ("P1,kiln,4,B,2,1,1,１,1,,,", "pm_t", .badNumber("１")),
            ("P1,kiln,4,B,2,1,1,nan,1,,,", "pm_t", .badNumber("nan")),
            ("P1,kiln,4,B,2,1,1,1,,,,", "vocs_t", .emptyField),
            ("P1,kiln,4,B,2,1,1,1,-1,,,", "vocs_t", .outOfRange("-1", lowest: "0", highest: "1000000")),
            (
                "P1,kiln,4,B,2,1,1,1,1000000.000001,,,", "vocs_t",
                .outOfRange("1000000.000001", lowest: "0", highest: "1000000")
            ),
            ("P1,kiln,4,B,2,1,1,1,0.0000001,,,", "vocs_t", .tooManyDecimals("0.0000001", most: 6)),
            ("P1,kiln,4,B,2,1,1,1,1,-5,,", "yellow_cut", .outOfRange("-5", lowest: "0", highest: "100")),
            ("P1,kiln,4,B,2,1,1,1,1,,100.01,", "orange_cut", .outOfRange("100.01", lowest: "0", highest: "100")),
            ("P1,kiln,4,B,2,1,1,1,1,,,50%", "red_cut", .badNumber("50%")),
            ("P1,kiln,4,B,2,1,1,1,1,,,33.333", "red_cut", .tooManyDecimals("33.333", most: 2)),
            ("P1,kiln,4,B,0,1,1,1,1,,,", "lines", .outOfRange("0", lowest: "1", highest: "1000")),
            ("P1,kiln,4,B,1.5,1,1,1,1,,,", "lines", .tooManyDecimals("1.5", most: 0)),
            (",kiln,4,B,2,1,1,1,1,,,", "plant", .emptyField), ("P1,\"\",4,B,2,1,1,1,1,,,", "process", .emptyField),
            ("P1,kiln,4,B,2,1,1,1,1,,", nil, .fieldCount(have: 11, need: 12)),
        ] as [(String, String?, InventoryFault.Kind)])
    func `a bad process is named by line and column`(row: String, column: String?, kind: InventoryFault.Kind) throws {
        #expect(try faults(Self.processes + Self.process + "\n\r\n" + row + "\n") == [fault(kind, 5, column)])
    }

    @Test func `every fault of every line is told, and no good line is lost`() throws {
        let text =
            Self.plants + "P1,,x,maybe,cart,0,2026-02-30,,\n" + "P2,Mill,x,no,,,,,\n" + "P3,Mill,x,no,,101,soon,1,-1\n"
        #expect(
            try faults(text) == [
                fault(.emptyField, 2, "name"), fault(.notOneOf("maybe", allowed: ["yes", "no"]), 2, "park"),
                fault(
                    .notOneOf("cart", allowed: ["road", "rail", "water", "pipeline", "conveyor", "mixed"]), 2,
                    "transport"),
                fault(.badDate("2026-02-30"), 2, "rated"),
                fault(.outOfRange("0", lowest: "1", highest: "100"), 2, "batches"),
                fault(.notOneOf("1", allowed: ["yes", "no"]), 4, "idle"), fault(.badDate("soon"), 4, "rated"),
                fault(.outOfRange("101", lowest: "1", highest: "100"), 4, "batches"),
                fault(.outOfRange("-1", lowest: "0", highest: "1000000000"), 4, "power_kwh"),
            ])
    }

    @Test func `a header names its columns, all of them and no others`() throws {
        #expect(
            try faults("plant,name,area,park,so2_kg,name\nx\n") == [
                fault(.unknownColumn, 1, "so2_kg"), fault(.repeatedColumn, 1, "name"),
            ])
        #expect(try faults("park,plant\n") == [fault(.missingColumn, 1, "name"), fault(.missingColumn, 1, "area")])
        let unknown = try faults("station,time,pm25\n")
        #expect(unknown.count == 1)
        guard case .unknownTable(let markers) = try #require(unknown.first).kind else {
            Issue.record("\(unknown)")
            return
        }
        #expect(markers.contains("park") && markers.contains("quantity"))
    }

    @Test(
        arguments: [
            ("routine-cut,industry,so2,5,g", [("unit", .notOneOf("g", allowed: ["t", "kg"]))]),
            ("routine-cut,industry,so2,5,", [("unit", .notOneOf("", allowed: ["t", "kg"]))]),
            (
                "routine-cut,farms,o3,5,t",
                [
                    ("sector", .notOneOf("farms", allowed: ["industry", "heating", "mobile", "dust"])),
                    ("pollutant", .notOneOf("o3", allowed: ["so2", "nox", "pm", "vocs"])),
                ]
            ),
            ("new-capacity,dust,vocs,5,kg", [("pollutant", .dustIsOnlyPM("vocs"))]),
            ("dust-share,,,101,percent", [("value", .outOfRange("101", lowest: "0", highest: "100"))]),
            ("dust-share,,,0.2,t", [("unit", .notOneOf("t", allowed: ["percent"]))]),
            ("heating-days,,,0,days", [("value", .outOfRange("0", lowest: "1", highest: "366"))]),
            ("heating-days,,,121,d", [("unit", .notOneOf("d", allowed: ["days"]))]),
            (
                "luck,,,1,t",
                [
                    (
                        "quantity",
                        .notOneOf("luck", allowed: ["routine-cut", "new-capacity", "dust-share", "heating-days"])
                    )
                ]
            ),
        ] as [(String, [(String, InventoryFault.Kind)])])
    func `figures of the base have their units`(row: String, kinds: [(String, InventoryFault.Kind)]) throws {
        #expect(try faults(Self.base + row + "\n") == kinds.map { fault($0.1, 2, $0.0) })
    }

    @Test func `tonnes and kilograms are the same grams`() throws {
        var reader = InventoryReader()
        reader.read(
            Array((Self.base + "new-capacity,dust,pm,0.0025,t\nroutine-cut,dust,pm,2.5,kg\n").utf8), file: "b.csv")
        #expect(reader.tables.base.map(\.value) == [2500, 2500])
    }

    @Test func `a file that is no table is named like any other fault`() {
        // 三河市 in GBK.
        let gbk = Array((Self.plants + "P1,Mill,").utf8) + [0xC8, 0xFD, 0xBA, 0xD3, 0xCA, 0xD0]
        for (bytes, kind, line) in [
            (gbk, .notUTF8, 2), (Array((Self.plants + "P1,\"Mill,").utf8), .unclosedQuote, 2),
            (Array((Self.plants + "P1,\"Mill\"x,").utf8), .textAfterQuote, 2),
        ] as [([UInt8], InventoryFault.Kind, Int)] {
            var reader = InventoryReader()
            reader.read(bytes, file: "t.csv")
            #expect(reader.faults == [fault(kind, line, nil)])
        }
        var reader = InventoryReader()
        reader.read([], file: "t.csv")
        #expect(reader.faults.map(\.line.line) == [0])
    }

    @Test func `a generated inventory is good, and the same for the same seed`() throws {
        for seed in [1, 2, .random(in: 0 ... .max)] as [UInt64] {
            let tables = GeneratedInventory(plants: 300, seed: seed).tables
            var reader = InventoryReader()
            for table in tables { reader.read(Array(table.lines.joined(separator: "\r\n").utf8), file: table.name) }
            #expect(reader.faults == [], "seed \(seed)")
            #expect(throws: Never.self, "seed \(seed)") {
                try EmissionInventory(reader.tables, faults: reader.faults, on: NaturalDay(number: 20_773))
            }
            #expect(reader.tables.plants.count == 300 && reader.tables.dust.count == 33)
            #expect(GeneratedInventory(plants: 300, seed: seed).tables.map(\.lines) == tables.map(\.lines))
        }
    }
}
