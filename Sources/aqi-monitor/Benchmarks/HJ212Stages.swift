import AQICore
import HJ212
import Ingest

/// The way of an HJ 212 packet on one core: bytes, checksum, fields, readings.
enum HJ212Stages {
    static let all = [
        Stage(
            name: "hj212.crc", unit: "bytes", size: 100_000, sizeUnit: "kilobytes", prepare: { size, _ in crc(size) }),
        Stage(
            name: "hj212.decode", unit: "packets", size: 200_000, sizeUnit: "packets",
            prepare: { size, _ in decode(size) }),
        HJ212ServerStage.stage,
    ]

    /// The checksum alone, over a megabyte of packets as long as the standard lets them be.
    private static func crc(_ count: Int) -> Trial {
        var random = SplitMix(seed: 212)
        let data = (0..<1024).map { _ in UInt8(32 + random.next(95)) }
        var checksum: UInt64 = 0
        return Trial(units: count * data.count) {
            var sum: UInt64 = 0
            for place in 0..<count {
                // Of another length each, so that no result can be kept.
                sum &+= UInt64(CRC.annexA(data.span.extracting(place % 8..<data.count)))
            }
            checksum = sum
        } outcome: {
            .init(checksum: checksum)
        }
    }

    /// Packets of 300 bytes with the six pollutants and the weather, in pieces of 64 KiB, to readings.
    private static func decode(_ count: Int) -> Trial {
        let channels =
            [("a34004", Parameter.pm25), ("a34002", .pm10), ("a21026", .so2), ("a21004", .no2), ("a05024", .o3)]
            .map { WireChannel(factor: Code($0.0), parameter: $0.1, unit: .microgramsPerCubicMetre) }
            + [WireChannel(factor: Code("a21005"), parameter: .co, unit: .milligramsPerCubicMetre)]
        let stream = (0..<min(count, 1000)).flatMap { packet($0).frame }
        let rounds = max(1, count / 1000)
        let realtime = Code("Rtd")
        var readings: [Reading] = []
        var checksum: UInt64 = 0
        return Trial(units: rounds * min(count, 1000)) {
            checksum = 0
            var decoder = Decoder(dialect: .hj212Of2017, strict: true)
            for _ in 0..<rounds {
                for place in stride(from: 0, to: stream.count, by: 65_536) {
                    let end = min(place + 65_536, stream.count)
                    decoder.feed(stream.span.extracting(place..<end)) { data, packet in
                        guard packet.isUsable(strict: true), let time = packet.dataTime else { return }
                        readings.removeAll(keepingCapacity: true)
                        try? WireChannel.read(
                            packet, in: data, channels, kind: realtime, station: 0, at: time, into: &readings)
                        for reading in readings {
                            checksum &+= UInt64(UInt32(bitPattern: reading.value.packed))
                        }
                    }
                }
            }
        } outcome: {
            .init(checksum: checksum, details: [("bytesPerRound", Int64(stream.count)), ("valuesPerPacket", 6)])
        }
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
