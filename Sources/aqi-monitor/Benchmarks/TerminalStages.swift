import AQICore
import Glibc
import Ingest
import Store
import Terminal
import Texts

/// The live screen: a snapshot laid out and drawn into a pseudo-terminal that somebody reads.
enum TerminalStages {
    static let all = [
        Stage(
            name: "terminal.frame", unit: "frames", size: 1000, sizeUnit: "stations",
            prepare: { size, _ in try frames(stationCount: size) })
    ]
    private static let frameCount = 100

    /// Frames of 40 lines and 120 columns, in each of which every value on the screen has changed: of one station its own screen, of
    /// several that of the city.
    private static func frames(stationCount: Int) throws -> Trial {
        let screen = try BenchScreen(rows: 40, columns: 120)
        var snapshots = (0..<frameCount).map { snapshot(stationCount: stationCount, second: Int64($0)) }
        // The last is followed by the first: that must differ, too.
        snapshots.reverse()
        let before = screen.byteCount
        var runs = 0
        return Trial(units: frameCount) {
            for snapshot in snapshots { screen.show(snapshot) }
            runs += 1
        } outcome: {
            .init(details: [("bytesPerFrame", Int64((screen.byteCount - before) / max(1, runs * frameCount)))])
        } close: {
            screen.close()
        }
    }

    private static func snapshot(stationCount: Int, second: Int64) -> Snapshot {
        var snapshot = Snapshot(time: Instant(seconds: 1_735_664_400 + second))
        snapshot.stations = (0..<stationCount).map { number in
            let lines = Pollutant.allSix.map { pollutant in
                var line = Snapshot.Line(pollutant: pollutant)
                let value = Int32(second * 37 + Int64(number) * 11 + Int64(pollutant.index) * 53) % 900 * 100
                line.latest = Concentration(thousandths: value)
                line.measured = snapshot.time
                line.hourSoFar = value / 2
                line.hour = Concentration(thousandths: value / 3)
                line.day = value / 4
                line.subIndex = value / 1000
                return line
            }
            var station = Snapshot.Station(key: "S\(number)", name: "Station \(number)", lines: lines)
            station.hour = Hour(containing: snapshot.time)
            station.realtime = .init(index: Int32(second % 500))
            station.running24 = .init(index: Int32(499 - second % 500))
            return station
        }
        snapshot.log = (0..<30).map {
            .init(time: snapshot.time, text: "station \($0) closed an hour", isWarning: $0 % 5 == 0)
        }
        return snapshot
    }
}
