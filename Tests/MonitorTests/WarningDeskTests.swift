import AQICore
import Foundation
import Ingest
import Store
import TestSupport
import Testing
import Texts
import Warnings

@testable import aqi_monitor

/// People act on a running monitor from other processes.
@Suite("warnings list, sign, decline, order, dust, lift", .serialized) struct WarningDeskTests {
    /// A monitor with two days of hours behind it, the last of them the one before now.
    private final class Running {
        let folder: TemporaryFolder
        let store: String
        let file: String
        private(set) var monitor: Process?
        let lastHour: Hour

        init(pm25: Int32 = 20_000) throws {
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
                """)
            lastHour = Hour(containing: WallClock.now) - 1
            try Self.writeHours(to: store, through: lastHour, pm25: pm25)
            try start()
        }

        /// The store is closed, and its lock gone, when this returns.
        private static func writeHours(to path: String, through last: Hour, pm25: Int32) throws {
            let store = try MonitorStore(path: path)
            var batch = StoreBatch()
            for age in 0..<48 as Range<Int32> {
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

        func kinds() throws -> [String] {
            try StoreReader(path: store).read { try $0.ledger(newest: 1000) }.map(\.kind)
                .filter { $0 != "consultationDue" }
        }
    }

    @Test func `an order is proposed, signed by two people, and stands after a kill`() throws {
        let running = try Running()
        let order = try running.warnings(
            "order", "--from", "province", "--level", "orange", "--as", "王五", "--reason", "冀气领办〔2026〕12号")
        #expect(order.status == 0 && order.output.contains("proposal 1"), "\(order.output)\(order.errors)")
        #expect(order.output.contains("office deputy director"))
        let early = try running.warnings("sign", "1", "--as", "李四")
        #expect(early.status == 65 && early.errors.contains("李四"), "\(early.errors)")
        #expect(try running.warnings("sign", "1", "--as", "张三").status == 0)
        let twice = try running.warnings("sign", "1", "--as", "张三")
        #expect(twice.status == 65 && twice.errors.contains("already"))
        #expect(try running.kinds() == ["order", "proposed", "signed"])

        // The power goes between the two signatures.
        running.stop()
        let asleep = try running.warnings("list")
        #expect(asleep.status == 0 && asleep.output.contains("张三") && asleep.output.contains("proposal 1"))
        let refused = try running.warnings("sign", "1", "--as", "李四")
        #expect(refused.status == 69 && refused.errors.contains("aqi-monitor run"))
        try running.start()
        #expect(try running.kinds() == ["order", "proposed", "signed"])

        // And again as soon as the last one is answered.
        let signed = try running.warnings("sign", "1", "--as", "李四")
        running.stop()
        #expect(signed.status == 0 && signed.output.contains("ORANGE warning in force"), "\(signed.output)")
        #expect(try running.kinds() == ["order", "proposed", "signed", "signed", "issued"])
        let events = try Program.run("export", "warnings", "--store", running.store)
        #expect(events.output.contains(#""event":"issued","level":"orange""#))
        #expect(events.output.contains(#""signedBy":"deputyCommander""#))
        let status = try running.warnings("list", "--json").output
        #expect(status.contains(#""level":"orange""#))
        let shown = try running.warnings("show", "1")
        #expect(shown.lines.count == 4 && shown.output.contains("李四") && shown.output.contains("\"user\":\""))
    }

    @Test func `a kill at any moment of a signature leaves either all of it or nothing`() throws {
        let running = try Running()
        _ = try running.warnings("order", "--from", "province", "--level", "yellow", "--as", "王五", "--reason", "x")
        _ = try running.warnings("sign", "1", "--as", "张三")
        for delay in [0, 20_000, 60_000] as [UInt32] {
            let client = try Program.start(
                ["warnings", "sign", "1", "--as", "李四", "--store", running.store],
                output: running.folder.file("client.out"), errors: running.folder.file("client.err"))
            usleep(delay)
            running.stop()
            client.waitUntilExit()
            let isIssued = try running.kinds().contains("issued")
            let event = try Program.run("export", "warnings", "--store", running.store).output
            #expect(event.contains(#""event":"issued""#) == isIssued)
            let status = try WarningStatus(reader: StoreReader(path: running.store))
            #expect((status.rules.inForce != nil) == isIssued && (status.office.draft == nil) == isIssued)
            if isIssued { return }
            try running.start()
        }
    }

    @Test func `dust, forecasts, consultations and areas go through, and into the ledger with who and why`() throws {
        let running = try Running(pm25: 260_000)
        // Two days above 200 were measured before: yellow as soon as an hour is decided anew; here by an order's end.
        let hour = running.lastHour.endingLabel.iso8601
        let dust = try running.warnings("dust", "--from", hour, "--to", hour, "--as", "王五", "--reason", "沙尘")
        #expect(dust.status == 0 && dust.output.contains("dust:"), "\(dust.errors)")
        #expect(
            try running.warnings("dust", "--clear", "--from", hour, "--to", hour, "--as", "王五", "--reason", "no")
                .output.contains("dust:") == false)
        let issued = (WallClock.now + -60).iso8601
        let date = NaturalDay(number: running.lastHour.day.number + 3).date.iso8601
        let forecast = try running.warnings(
            "forecast", "-", "--issuer", "市气象台", "--as", "王五",
            input: "{\"issued\":\"\(issued)\",\"date\":\"\(date)\",\"aqi\":180}\n")
        #expect(forecast.status == 0 && forecast.output.contains("市气象台"), "\(forecast.errors)")
        let bad = try running.warnings(
            "forecast", "-", "--issuer", "市气象台", "--as", "王五", input: "issued,date,aqi\n\(issued),\(date),501\n")
        #expect(bad.status == 65 && bad.errors.contains("line 2") && bad.errors.contains("501"), "\(bad.errors)")
        let meeting = try running.warnings(
            "consultation", "--invited-by", "气象台", "--attended", "监测站,专家组", "--opinions", "静稳", "--verdict", "黄色",
            "--as", "王五")
        #expect(meeting.status == 0, "\(meeting.errors)")
        let area = try running.warnings("area", "三河市", "--level", "red", "--as", "王五", "--reason", "x")
        #expect(area.status == 65 && area.errors.contains("no warning is in force"))
        let lift = try running.warnings("lift", "--as", "王五", "--reason", "x")
        #expect(lift.status == 65)
        #expect(
            try running.kinds().filter { $0 != "proposed" && $0 != "voided" } == [
                "dustSet", "dustCleared", "forecast", "consultation",
            ])
    }

    @Test func `whoever talks nonsense, or nothing, on the socket holds up nobody, and only the owner may connect`()
        throws
    {
        let running = try Running()
        let attributes = try FileManager.default.attributesOfItem(atPath: running.store + ".control")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let silent = (0..<4).map { _ in connectToSocket(running.store + ".control") }
        defer { for descriptor in silent { close(descriptor) } }
        for (place, text) in ["{{{{\n", String(repeating: "x", count: 2 << 20), #"{"version":99}"# + "\n"].enumerated()
        {
            let bytes = Array(text.utf8)
            // Invariant: send(2) reads bytes.count bytes of the array.
            _ = unsafe bytes.withUnsafeBytes {
                unsafe send(
                    silent[place], $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
        }
        let decline = try running.warnings("decline", "3", "--as", "张三", "--reason", "x")
        #expect(decline.status == 65 && decline.errors.contains("proposal 3 does not stand"), "\(decline.errors)")
    }
}
