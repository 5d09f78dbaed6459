import AQICore
import HJ212
import Ingest

/// The way of an HJ 212 packet on one core: bytes, checksum, fields, readings.
struct HJ212Stages {
    let stopwatch: Stopwatch
    /// Packets of a repetition.
    var packetCount = 200_000

    static let names = ["hj212.crc", "hj212.decode", HJ212ServerStage.name]

    func run(_ name: String, _ report: (BenchResult) throws -> Void) async throws {
        switch name {
        case "hj212.crc": try report(crc())
        case "hj212.decode": try report(decode())
        default: try await report(HJ212ServerStage().run())
        }
    }

    /// The checksum alone, over a megabyte of packets as long as the standard lets them be.
    private func crc() -> BenchResult {
        var random = SplitMix(seed: 212)
        let data = (0..<1024).map { _ in UInt8(32 + random.next(95)) }
        let count = 100_000
        var checksum: UInt64 = 0
        let timed = stopwatch.rate(of: count * data.count) {
            checksum = 0
            for place in 0..<count {
                // Of another length each, so that no result can be kept.
                checksum &+= UInt64(CRC.annexA(data.span.extracting(place % 8..<data.count)))
            }
        }
        return BenchResult(
            stage: "hj212.crc", rate: timed.median, unit: "bytes/s", checksum: checksum, range: timed.range)
    }

    /// Packets of 300 bytes with the six pollutants and the weather, in pieces of 64 KiB, to readings.
    private func decode() throws -> BenchResult {
        let channels =
            [("a34004", Parameter.pm25), ("a34002", .pm10), ("a21026", .so2), ("a21004", .no2), ("a05024", .o3)]
            .map { WireChannel(factor: Code($0.0), parameter: $0.1, unit: .microgramsPerCubicMetre) }
            + [WireChannel(factor: Code("a21005"), parameter: .co, unit: .milligramsPerCubicMetre)]
        var stream: [UInt8] = []
        var bytes = 0
        for place in 0..<1000 {
            let frame = HJ212Stages.packet(place).frame
            bytes = frame.count
            stream += frame
        }
        var checksum: UInt64 = 0
        let rounds = packetCount / 1000
        let realtime = Code("Rtd")
        var readings: [Reading] = []
        let timed = stopwatch.rate(of: packetCount) {
            checksum = 0
            var decoder = Decoder(dialect: .hj212Of2017, strict: true)
            for _ in 0..<rounds {
                var start = 0
                while start < stream.count {
                    let end = min(start + 65_536, stream.count)
                    decoder.feed(stream.span.extracting(start..<end)) { data, packet in
                        guard packet.isUsable(strict: true), let time = packet.dataTime else { return }
                        readings.removeAll(keepingCapacity: true)
                        try? WireChannel.read(
                            packet, in: data, channels, kind: realtime, station: 0, at: time, into: &readings)
                        for reading in readings {
                            checksum &+= UInt64(UInt32(bitPattern: reading.value.packed))
                        }
                    }
                    start = end
                }
            }
        }
        return BenchResult(
            stage: "hj212.decode", rate: timed.median, unit: "packets/s", checksum: checksum, range: timed.range,
            details: [("bytes", Int64(bytes)), ("valuesPerPacket", 6)])
    }

    /// A packet of 300 bytes.
    static func packet(_ number: Int) -> Message {
        let time = WireTime.text(Instant(seconds: 1_571_366_940 + Int64(number)))
        let items = [
            "a34004-Rtd=\(10 + number % 90).5,a34004-Flag=N", "a34002-Rtd=\(100 + number % 90),a34002-Flag=N",
            "a21026-Rtd=\(10 + number % 80),a21026-Flag=N", "a21004-Rtd=\(20 + number % 70).1,a21004-Flag=N",
            "a21005-Rtd=0.\(100 + number % 800),a21005-Flag=N", "a05024-Rtd=\(100 + number % 90),a05024-Flag=N",
        ]
        return Message(
            qn: time + "001", st: 22, cn: Command.realtime, pw: "123456", mn: "AQI\(1_000_000_000 + number)", flag: 5,
            cp: "DataTime=\(time);" + items.joined(separator: ";"))
    }
}
