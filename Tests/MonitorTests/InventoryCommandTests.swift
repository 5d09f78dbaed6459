import Foundation
import Store
import TestSupport
import Testing

/// `inventory` as a user runs it.
@Suite("inventory: commands") struct InventoryCommandTests {
    private static let plants =
        "plant,name,area,park,list,classified,preparation_h,person,phone,red_power_kwh,batches\n"
    private static let processes =
        "plant,process,industry,rating,lines,so2_t,nox_t,pm_t,vocs_t,yellow_cut,orange_cut,red_cut,red_action\n"

    private let folder: TemporaryFolder
    /// A plant that gives 10, 20 and 29.99 %.
    private let files: [String]

    init() throws {
        folder = try TemporaryFolder()
        files = [
            try folder.write("plants.csv", Self.plants + "P1,轧钢一厂,三河市,yes,,,4,王某,0316,500.5,2\n"),
            try folder.write(
                "processes.csv", Self.processes + "P1,轧机,5,B,2,330,330,330,330,10,20,29.99,两条线轮流停产\n"),
        ]
    }

    private func json(_ text: some StringProtocol) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func `a good inventory is told, and its ratios are those of the plan`() throws {
        let check = try Program.run(["inventory", "check"] + files)
        #expect(check.status == 0 && check.output.contains("1 plants with 1 processes") && check.errors.isEmpty)
        let ratios = try Program.run(["inventory", "ratios", "--json"] + files)
        #expect(ratios.status == 0 && ratios.lines.count == 3)
        let levels = try ratios.lines.map(json)
        try #require(levels.map { $0["fulfilled"] as? Bool } == [true, true, false])
        let red = try #require((levels[2]["pollutants"] as? [String: Any])?["pm"] as? [String: Any])
        #expect(red["ratioPercent"] as? Double == 29.99 && red["verdict"] as? String == "short")
        #expect(red["missingTonnesPerDay"] as? Double == 0.0001)
        let suggestion = try #require(levels[2]["suggestion"] as? [String: Any])
        #expect(((suggestion["plants"] as? [[String: Any]])?.first?["plant"] as? String) == "P1")
        let text = try Program.run(["inventory", "ratios", "--level", "red", "--lang", "zh"] + files)
        #expect(text.output.contains("29.99") && text.output.contains("未达到") && text.output.contains("仅供参考"))
    }

    @Test
    func
        `the text has for each pollutant base, cut, ratio, target and what is missing, the suggestion every pollutant`()
        throws
    {
        let expected: [(String, [String])] = [
            (
                "en",
                [
                    "RED warning: at least 30 % of each pollutant",
                    "        base t/d   cut t/d  ratio %  target %",
                    "  SO2   1.000000  0.299900    29.99     30.00  NOT REACHED, 0.000100 t/d missing",
                    "  NOx   1.000000  0.299900    29.99     30.00  NOT REACHED, 0.000100 t/d missing",
                    "  PM    1.000000  0.299900    29.99     30.00  NOT REACHED, 0.000100 t/d missing",
                    "  VOCs  1.000000  0.299900    29.99     30.00  NOT REACHED, 0.000100 t/d missing",
                    "  trade: SO2 and NOx have 59.98 points together, not enough for the 60.00 required",
                    "  A suggestion, no order (beyond the list, t/d): the one plant that could stop at red, and all is reached",
                    "    plant         name      rating  asked for       SO2       NOx        PM      VOCs",
                    "    P1            轧钢一厂  B       SO2        0.700100  0.700100  0.700100  0.700100",
                    "    together                                   0.700100  0.700100  0.700100  0.700100",
                    "    then ratio %                                 100.00    100.00    100.00    100.00",
                ]
            ),
            (
                "zh",
                [
                    "  VOCs  1.000000  0.299900   29.99   30.00  未达到，缺 0.000100 t/d"
                ]
            ),
        ]
        for (language, lines) in expected {
            let text = try Program.run(["inventory", "ratios", "--level", "red", "--lang", language] + files)
            for line in lines { #expect(text.lines.contains(Substring(line)), "\(line)\n\(text.output)") }
            #expect(language == "zh" || text.lines.count == lines.count)
        }
        // A-rated: nobody may be asked, and nothing says that somebody could.
        let rated = try folder.write(
            "rated.csv", Self.processes + "P1,轧机,5,A,2,330,330,330,330,10,20,29.99,两条线轮流停产\n")
        let alone = try Program.run("inventory", "ratios", "--level", "red", files[0], rated)
        #expect(alone.output.contains("No plant may be asked for more at red") && !alone.output.contains("suggestion"))
        #expect(alone.output.contains("Then still missing: SO2 0.000100 t/d, NOx 0.000100 t/d, PM"))
        let object = try json(
            try Program.run("inventory", "ratios", "--level", "red", "--json", files[0], rated).output)
        let suggestion = try #require(object["suggestion"] as? [String: Any])
        #expect(suggestion["isEnough"] as? Bool == false)
        #expect((suggestion["stillMissingTonnesPerDay"] as? [String: Double])?["pm"] == 0.0001)
    }

    @Test func `every bad line of every file is named, nothing is printed, and the status is 65`() throws {
        let bad = try folder.write(
            "more.csv",
            Self.processes + "P1,轧机,99,B,2,1e9,1,1,1,,,,\nP1,轧机,5,B,2,1,1,1,1,-1,,101,\nP7,x,5,B,2,1,1,1,1,,,,\n")
        for command in [
            ["check"], ["ratios"], ["ratings"],
            ["inspect", "P1", "--finding", "violation", "--as", "W", "--reason", "r"],
        ] {
            let result = try Program.run(["inventory"] + command + files + [bad])
            #expect(result.status == 65 && result.output.isEmpty, "\(command) \(result.output)")
            for part in [
                "more.csv: line 2: column industry: \"99\"", "more.csv: line 2: column so2_t: \"1e9\"",
                "more.csv: line 3: column yellow_cut: -1", "more.csv: line 3: column red_cut: 101",
                "more.csv: line 4: column plant: no plant \"P7\"", "5 faults; nothing was taken",
            ] {
                #expect(result.errors.contains(part), "\(command): \(result.errors)")
            }
        }
        let check = try Program.run(["inventory", "check", "--json"] + files + [bad])
        #expect(check.status == 65)
        #expect((try json(check.output)["faults"] as? [Any])?.count == 5)
    }

    @Test func `a table in GBK is told how to be converted, a file that is missing has its own status`() throws {
        let path = folder.file("gbk.csv")
        try Data(Array(Self.plants.utf8) + [0xC8, 0xFD, 0xBA, 0xD3]).write(to: URL(fileURLWithPath: path))
        let result = try Program.run("inventory", "check", path)
        #expect(result.status == 65 && result.errors.contains("line 2") && result.errors.contains("iconv -f GB18030"))
        // The faults of the other files are told beside it, and nothing that follows from the lost one.
        let other = try folder.write("other.csv", Self.processes + "P1,x,99,B,1,1,1,1,1,,,,\nP2,x,1,B,1,1,1,1,1,,,,\n")
        let both = try Program.run("inventory", "check", path, other)
        #expect(both.errors.contains("column industry") && both.errors.contains("2 faults"), "\(both.errors)")
        #expect(try Program.run("inventory", "check", "/nowhere.csv").status == 66)
        #expect(try Program.run("inventory", "check", path, "--on", "soon").status == 64)
    }

    @Test func `an inspection brings a plant to C, and stands in the audit trail`() throws {
        let store = folder.file("air.db")
        let result = try Program.run(
            [
                "inventory", "inspect", "P1", "--finding", "measures-not-carried-out", "--as", "王某", "--reason",
                "both lines, at 14:00", "--on", "2026-11-16", "--store", store,
            ] + files)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "2026-11-16,P1,measures-not-carried-out,王某,\"both lines, at 14:00\",\n")
        #expect(result.errors.contains("rated B, in force C"))
        let table = try folder.write("inspections.csv", "date,plant,finding,person,reason,exception\n" + result.output)
        let ratings = try Program.run(["inventory", "ratings", "--on", "2026-11-16", table] + files)
        #expect(ratings.lines.last?.hasPrefix("P1,轧钢一厂,三河市,B,C,,") == true)
        let trail = try Program.run(
            "query", "--json", "--store", store, "--sql", "SELECT person, subject, before, after, reason FROM audit")
        let entry = try json(try #require(trail.lines.last))
        #expect(
            entry as? [String: String] == [
                "person": "王某", "subject": "inspection P1", "before": "B",
                "after": "2026-11-16 measures-not-carried-out: C", "reason": "both lines, at 14:00",
            ])
    }

    @Test func `an unlisted plant that runs is a record of its own, an unknown one with another finding is refused`()
        throws
    {
        func inspect(_ plant: String, _ finding: String) throws -> Program.Result {
            try Program.run(
                ["inventory", "inspect", plant, "--finding", finding, "--as", "W", "--reason", "r"] + files)
        }
        let unlisted = try inspect("yard behind the mill", "unlisted-running")
        #expect(unlisted.status == 0 && unlisted.errors.contains("yard behind the mill"))
        let unknown = try inspect("P9", "violation")
        #expect(unknown.status == 65 && unknown.output.isEmpty && unknown.errors.contains("P9"))
    }

    @Test func `names cannot steer a terminal, and classified plants have none`() throws {
        let plants = try folder.write(
            "p.csv", Self.plants + "P1,\u{1B}[2J\u{202E}evil,a,yes,,,,,,,9\nP2,secret mill,a,no,,yes,,,,,1\n")
        let processes = try folder.write(
            "q.csv", Self.processes + "P1,x,5,C,1,330,330,330,330,,,,\nP2,x,5,C,1,660,660,660,660,,,,\n")
        let faults = try Program.run("inventory", "check", plants, processes)
        #expect(faults.status == 65 && faults.errors.contains("column batches") && faults.errors.contains("五(七)"))
        let good = try folder.write(
            "p.csv", Self.plants + "P1,\u{1B}[2J\u{202E}evil,a,yes,,,,,,,1\nP2,secret mill,a,no,,yes,,,,,1\n")
        let board = try Program.run("inventory", "board", "P2", good, processes)
        #expect(board.status == 65 && board.output.isEmpty && board.errors.contains("classified"))
        for arguments in [["ratios"], ["ratings"], ["ratios", "--json"]] {
            let result = try Program.run(["inventory"] + arguments + [good, processes])
            #expect(result.status == 0 && !result.output.contains("\u{1B}") && !result.output.contains("secret"))
            #expect(arguments.contains("--json") || !result.output.contains("\u{202E}"))
        }
    }

    @Test func `a generated inventory is good and has everything to print`() throws {
        let path = folder.file("city")
        #expect(try Program.run("inventory", "generate", path, "--plants", "60", "--seed", "5").status == 0)
        // Somebody's own tables may lie there.
        let again = try Program.run("inventory", "generate", path, "--plants", "2")
        #expect(again.status == 73 && again.errors.contains(path), "\(again.errors)")
        let files = try FileManager.default.contentsOfDirectory(atPath: path).map { "\(path)/\($0)" }
        #expect(files.count == 8)
        let check = try Program.run(["inventory", "check"] + files)
        #expect(check.status == 0 && check.output.contains("60 plants"), "\(check.errors)")
        #expect(try Program.run(["inventory", "ratios"] + files).status == 0)
        for (format, beginning) in [("html", "<!DOCTYPE html>"), ("md", "# 重污染"), ("text", "重污染")] {
            let board = try Program.run(
                ["inventory", "board", "P000007", "--format", format, "--lang", "zh"] + files)
            #expect(board.status == 0 && board.output.hasPrefix(beginning), "\(board.errors)")
        }
        #expect(try Program.run(["inventory", "board", "P7"] + files).status == 65)
    }
}
