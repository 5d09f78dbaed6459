import AQICore
import Foundation
import Ingest
import Store
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

/// A monitor with days of hours behind it, the last of them the one before now, and people who sign.
final class RunningOffice {
    /// A bus that a configuration must have, on which nobody answers.
    static let silentBus = """
        [[bus]]
        name = "rack"
        type = "modbus-tcp"
        host = "127.0.0.1"
        port = 1
          [[bus.device]]
          name = "absent"
            [[bus.device.channel]]
            parameter = "so2"
            address = 0
        """

    let folder: TemporaryFolder
    let store: String
    let file: String
    private(set) var monitor: Process?
    let lastHour: Hour

    init(pm25: Int32 = 20_000, hours: Int32 = 48) throws {
        folder = try TemporaryFolder()
        store = folder.file("air.db")
        file = try folder.write(
            "station.toml",
            """
            [monitor]
            store = "\(store)"
            poll_seconds = 1
            [warnings]
            areas = ["三河市"]
            [[person]]
            name = "张三"
            roles = ["deputyDirector"]
            [[person]]
            name = "李四"
            roles = ["deputyCommander"]
            [[person]]
            name = "王五"
            [[station]]
            key = "A"
            \(RunningOffice.silentBus)
            """)
        lastHour = Hour(containing: WallClock.now) - 1
        try Self.writeHours(hours, to: store, through: lastHour, pm25: pm25)
        try start()
    }

    /// The store is closed, and its lock gone, when this returns.
    private static func writeHours(_ hours: Int32, to path: String, through last: Hour, pm25: Int32) throws {
        let store = try MonitorStore(path: path)
        var batch = StoreBatch()
        for age in 0..<hours {
            var row = HourRow()
            for pollutant in Pollutant.allSix { row[pollutant] = Concentration(thousandths: 500) }
            row[.pm25] = Concentration(thousandths: pm25)
            batch.hours.append(HourlyRecord(station: "A", hour: last - age, row: row, marks: HourMarks()))
        }
        try store.write(batch)
        try store.close()
    }

    deinit { stop() }

    func start() throws {
        monitor = try Program.start(
            ["run", "--config", file], output: folder.file("out"), errors: folder.file("err"))
        for _ in 0..<400 {
            if FileManager.default.fileExists(atPath: store + ".control"),
                try warnings("order", "--from", "province", "--level", "none", "--as", "nobody", "--reason", "x")
                    .errors.contains("nobody")
            {
                return
            }
            usleep(50_000)
        }
        Issue.record("no monitor: \(try String(contentsOfFile: folder.file("err"), encoding: .utf8))")
    }

    func stop() {
        guard let monitor else { return }
        if monitor.isRunning { kill(monitor.processIdentifier, SIGKILL) }
        monitor.waitUntilExit()
    }

    func warnings(_ arguments: String..., input: String? = nil) throws -> Program.Result {
        try Program.run(["warnings"] + arguments + ["--store", store], input: input)
    }

    /// The same, and wants it done.
    @discardableResult
    func done(_ arguments: String..., location: SourceLocation = #_sourceLocation) throws -> String {
        let result = try Program.run(["warnings"] + arguments + ["--store", store])
        #expect(result.status == 0, "\(arguments): \(result.errors)", sourceLocation: location)
        return result.output
    }

    /// The same, and wants it refused with a message that has this in it.
    func refused(_ fragment: String, _ arguments: String..., location: SourceLocation = #_sourceLocation) throws {
        let before = try status()
        let result = try Program.run(["warnings"] + arguments + ["--store", store])
        #expect(result.status == 65, "\(arguments)", sourceLocation: location)
        #expect(result.errors.contains(fragment), "\(arguments): \(result.errors)", sourceLocation: location)
        #expect(try status() == before, "\(arguments)", sourceLocation: location)
    }

    /// How the warnings stand.
    func status() throws -> WarningStatus {
        try JSONDecoder().decode(WarningStatus.self, from: Data(done("list", "--json").utf8))
    }

    /// Signs the proposal by both whose turn it is for yellow and orange.
    func signed(_ proposal: Int, location: SourceLocation = #_sourceLocation) throws {
        for person in ["张三", "李四"] { try done("sign", "\(proposal)", "--as", person, location: location) }
    }

    func kinds() throws -> [String] {
        try StoreReader(path: store).read { try $0.ledger(newest: 1000) }.map(\.kind)
            .filter { !["consultationDue", "tasks", "notice"].contains($0) }
    }
}
