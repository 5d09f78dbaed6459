import AQICore
import Foundation
import Ingest
import Store
import TestSupport
import Testing
import Texts
import Warnings

@testable import aqi_monitor

/// Hours that came into the store while no monitor ran.
@Suite("run: air that is in the store already", .serialized) struct StoredAirTests {
    private static let last = Hour(start: 498_544 / 24 * 24 + 16 + 9)

    private static func history(_ hours: Int32, through last: Hour = last) -> [HourlyRecord] {
        (0..<hours).map { age in
            var row = HourRow()
            for pollutant in Pollutant.allSix { row[pollutant] = Concentration(thousandths: 500) }
            row[.pm25] = Concentration(thousandths: 250_000)
            return HourlyRecord(station: "A", hour: last - (hours - 1 - age), row: row, marks: HourMarks())
        }
    }

    private static func monitor(_ history: [HourlyRecord], isJudged: Bool) -> Monitor {
        var monitor = Monitor(stations: [.init(key: "A", name: "A")], plan: .usual, settle: 5)
        monitor.restore(history, warnings: nil, isJudged: isJudged)
        return monitor
    }

    private func judged(_ effects: [Effect]) -> [Hour] {
        effects.compactMap { if case .judged(let hour) = $0 { hour } else { nil } }
    }

    private func proposals(_ effects: [Effect]) -> [WarningEvent] {
        effects.compactMap { if case .warning(let event) = $0, event.kind == .proposed { event } else { nil } }
    }

    /// What a monitor logged, once this is in it.
    private func log(of running: RunningOffice, until text: String) throws -> String {
        var log = ""
        for _ in 0..<100 where !log.contains(text) {
            usleep(50_000)
            log = try String(contentsOfFile: running.folder.file("err"), encoding: .utf8)
        }
        return log
    }

    @Test func `the newest hour is judged in the first step, once, as it would have been when it was closed`() throws {
        var monitor = Self.monitor(Self.history(96), isJudged: false)
        let effects = monitor.step([], at: Self.last.endingLabel + 600)
        #expect(judged(effects) == [Self.last])
        // A monitor that ran all the while proposed the same.
        var running = WarningOffice(plan: .usual)
        for record in Self.history(96) { _ = running.step(record.row, at: record.hour) }
        let proposal = try #require(proposals(effects).first)
        #expect(proposal.level == running.state.draft?.event.level && proposal.hour == Self.last)
        #expect(monitor.office.state.draft?.event == running.state.draft?.event)
        #expect(judged(monitor.step([], at: Self.last.endingLabel + 601)).isEmpty)
        #expect(proposals(monitor.step([], at: (Self.last + 1).endingLabel + 6)).isEmpty)
    }

    @Test func `an hour that a run decided is not decided again`() {
        var monitor = Self.monitor(Self.history(96), isJudged: true)
        #expect(proposals(monitor.step([], at: Self.last.endingLabel + 600)).isEmpty)
        #expect(monitor.office.state.draft == nil)
    }

    @Test func `where hours have passed since, they are closed and judged as ever`() {
        var monitor = Self.monitor(Self.history(96), isJudged: false)
        let effects = monitor.step([], at: (Self.last + 3).endingLabel + 600)
        #expect(judged(effects).isEmpty && !proposals(effects).isEmpty)
        // A clock that jumped months: nothing of then is proposed now.
        monitor = Self.monitor(Self.history(96), isJudged: false)
        #expect(proposals(monitor.step([], at: (Self.last + 2000).endingLabel)).isEmpty)
    }

    @Test func `an import while the monitor is down is proposed when it is back, told, and not a second time`() throws {
        let running = try RunningOffice(hours: 2)
        running.stop()
        #expect(try running.status().office.draft == nil)
        let now = Hour(containing: WallClock.now) - 1
        var table = "station,time,so2,no2,co,o3,pm25,pm10\n"
        for record in Self.history(96, through: now) {
            table += "A,\(record.hour.endingLabel.iso8601),5,5,0.5,5,250,250\n"
        }
        let file = try running.folder.write("air.csv", table)
        let imported = try Program.run("import", file, "--store", running.store, "--reason", "outage")
        #expect(imported.status == 0, "\(imported.errors)")
        try running.start()
        for _ in 0..<100 where try running.status().office.draft == nil { usleep(50_000) }
        #expect(try running.status().office.draft?.number == 1)
        let told = try log(of: running, until: "came into the store while no monitor ran")
        #expect(told.contains("came into the store while no monitor ran"), "\(told)")
        running.stop()
        try running.start()
        #expect(try running.status().office.draft?.number == 1)
        #expect(try running.kinds() == ["proposed"])
        // What was proposed is remembered with the hour for which it was.
        let again = try String(contentsOfFile: running.folder.file("err"), encoding: .utf8)
        #expect(!again.contains("came into the store while no monitor ran"), "\(again)")
    }

    @Test func `what an import changes of hours that were decided is told with the hour in which it counts`() throws {
        let running = try RunningOffice(hours: 48)
        // A step of a person writes what is remembered.
        try running.done(
            "order", "--from", "province", "--level", "yellow", "--as", "王五", "--reason", "drill")
        running.stop()
        try running.start()
        let untouched = try log(of: running, until: "absent")
        #expect(!untouched.contains("were changed while no monitor ran"), "\(untouched)")
        running.stop()
        var table = "station,time,so2,no2,co,o3,pm25,pm10\n"
        for record in Self.history(12, through: running.lastHour - 6) {
            table += "A,\(record.hour.endingLabel.iso8601),5,5,0.5,5,250,250\n"
        }
        let file = try running.folder.write("air.csv", table)
        #expect(try Program.run("import", file, "--store", running.store, "--reason", "outage").status == 0)
        try running.start()
        let next = (running.lastHour + 1).endingLabel.dateAndClock
        let changed = try log(of: running, until: "the warnings are judged by them next at \(next)")
        #expect(changed.contains("judged by them next at \(next)"), "\(changed)")
        #expect(!changed.contains("came into the store"))
    }
}
