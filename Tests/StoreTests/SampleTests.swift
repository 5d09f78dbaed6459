import AQICore
import Store
import TestSupport
import Testing

extension StoreQueries {
    /// Every sample as `station second parameter value`, in the order of the text.
    func samples() throws -> [String] {
        var lines: [String] = []
        try forEachMinute { minute in
            for column in minute.columns {
                for (second, value) in zip(column.seconds, column.values) {
                    lines.append(
                        "\(minute.station) \(minute.minute * 60 + Int64(second)) \(column.parameter) \(value.packed)")
                }
            }
        }
        return lines.sorted()
    }
}

@Suite("Store: samples") struct SampleTests {
    private let start = Instant(seconds: 1_800_000_000)

    private func reading(_ station: Int32, _ second: Int64, _ value: Int32) -> Reading {
        Reading(
            channel: Channel(station: station, parameter: .so2), time: start + second,
            value: Concentration(thousandths: value))
    }

    private func batch(_ readings: [Reading], at second: Int64, stations: [String] = ["A", "B"]) -> StoreBatch {
        var buffer = SampleBuffer(stations: stations, capacity: 100_000)
        for reading in readings { buffer.add(reading) }
        var batch = StoreBatch()
        batch.samples = buffer.waiting
        batch.time = start + second
        return batch
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `whatever the order and the commits, each second is there once, with what came for it first`(seed: UInt64)
        throws
    {
        var random = Random(seed: seed)
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        var store = try MonitorStore(path: path)
        var expected: [String: Int32] = [:]
        var second: Int64 = -40
        for _ in 0..<120 {
            var readings: [Reading] = []
            for _ in 0..<random.below(12) {
                second += Int64(random.below(3))
                // One in ten comes late, or twice.
                let own = random.below(10) == 0 ? second - Int64(random.below(200)) : second
                let reading = reading(Int32(random.below(2)), own, Int32(random.below(1000)))
                readings.append(reading)
                let key = "\(["A", "B"][Int(reading.channel.station)]) \(reading.time.seconds) 2"
                if expected[key] == nil { expected[key] = reading.value.packed }
            }
            try store.write(batch(readings, at: second))
            if random.below(30) == 0 {
                try store.close()
                store = try reopened(path)
            }
        }
        // The next commit puts the last minutes together.
        try store.write(batch([reading(0, second + 100, 1)], at: second + 100))
        expected["A \(start.seconds + second + 100) 2"] = 1
        #expect(try store.read { try $0.samples() } == expected.map { "\($0) \($1)" }.sorted(), "seed \(seed)")
        try store.close()
        #expect(try sqlite3(path, "PRAGMA integrity_check") == ["ok"])
    }

    @Test func `a minute that is over is one row, one under way a part a commit`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        for second in stride(from: Int64(0), to: 55, by: 5) {
            try store.write(batch((0..<5).map { reading(0, second + $0, 7) }, at: second + 5))
        }
        #expect(try sqlite3(path, "SELECT count(*), max(part) FROM sample") == ["11|10"])
        try store.write(batch([reading(0, 61, 7)], at: 65))
        #expect(
            try sqlite3(path, "SELECT minute - 30000000, part, length(packed) < 70 FROM sample") == ["0|0|1", "1|0|1"])
    }

    @Test func `samples wait in bounded memory, the oldest go first and are counted`() {
        var buffer = SampleBuffer(stations: ["A"], capacity: 10_000)
        for second in 0..<5000 as Range<Int64> { buffer.add(reading(0, second, 1)) }
        #expect(buffer.count <= 1000 && buffer.count + buffer.dropped == 5000)
        #expect(buffer.waiting.last?.minute == (start + 4999).seconds / 60)
        buffer.removeAll()
        #expect(buffer.isEmpty && buffer.dropped == 0)
    }
}
