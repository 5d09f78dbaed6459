import AQICore
import Terminal
import Testing
import Texts
import Warnings

/// Fixed snapshots, as the pipeline makes them.
enum Screens {
    /// 2017-01-01 08:20 in UTC+8.
    static let time = Instant(seconds: 17_167 * 86_400 + 1200)
    /// The hour 07:00-08:00.
    static let hour = Hour(start: 17_167 * 24 - 1)

    static func line(_ pollutant: Pollutant, now: Int32, age: Int64, soFar: Int32, hour: Int32, day: Int32, iaqi: Int32)
        -> Snapshot.Line
    {
        var line = Snapshot.Line(pollutant: pollutant)
        line.latest = Concentration(thousandths: now)
        line.measured = time + -age
        line.hourSoFar = soFar
        line.hour = Concentration(thousandths: hour)
        line.day = day
        line.subIndex = iaqi
        return line
    }

    /// A severe hour in which everything is measured.
    static func severe(_ name: String) -> Snapshot.Station {
        var station = Snapshot.Station(
            key: name, name: name,
            lines: [
                line(.pm25, now: 412_300, age: 2, soFar: 405_250, hour: 398_000, day: 351_000, iaqi: 432),
                line(.pm10, now: 501_000, age: 2, soFar: 498_760, hour: 482_000, day: 420_500, iaqi: 366),
                line(.so2, now: 24_000, age: 119, soFar: 23_949, hour: 22_000, day: 21_050, iaqi: 8),
                line(.no2, now: 106_000, age: 120, soFar: 105_350, hour: 101_000, day: 98_000, iaqi: 51),
                line(.co, now: 4100, age: 7200, soFar: 4055, hour: 3945, day: 3500, iaqi: 40),
                line(.o3, now: 14_000, age: 172_800, soFar: 14_050, hour: 16_000, day: 21_000, iaqi: 5),
            ])
        station.hour = hour
        station.realtime = report(.realtime, [.pm25: 432, .pm10: 366], index: 432)
        station.running24 = report(.running24, [.pm25: 401, .pm10: 401], index: 401)
        return station
    }

    /// What breaks in the field: an analyser in calibration, one that does not answer, one that never did.
    static func broken(_ name: String) -> Snapshot.Station {
        var station = severe(name)
        station.lines[2].latest = .missing(.calibration)
        station.lines[2].hour = .missing(.insufficient)
        station.lines[2].subIndex = nil
        station.lines[2].day = nil
        station.lines[3].latest = .missing(.communication)
        station.lines[3].hourSoFar = nil
        station.lines[3].hour = .missing(.communication)
        station.lines[3].subIndex = nil
        station.lines[4] = Snapshot.Line(pollutant: .co)
        station.lines[4].hour = .missing(.absent)
        station.lines[5].latest = Concentration(thousandths: -3000)
        station.lines[5].hour = Concentration(thousandths: -500)
        station.lines[5].subIndex = 0
        station.realtime?.index = nil
        station.running24 = report(.running24, [.no2: 42], index: 42)
        station.others = [
            .init(parameter: .nox, latest: Concentration(thousandths: 163_400), measured: time + -2),
            .init(parameter: .temperature, latest: Concentration(thousandths: -7250), measured: time + -2),
            .init(parameter: .humidity, latest: .missing(.fault), measured: time + -2),
            .init(parameter: .windSpeed, latest: Concentration(thousandths: 1300), measured: time + -900),
            .init(parameter: .windDirection, latest: Concentration(thousandths: 355_000), measured: time + -2),
        ]
        return station
    }

    static func report(_ kind: ReportKind, _ subIndices: [Indicator: Int32], index: Int32?) -> Snapshot.Index {
        var results = InlineArray<7, IndicatorResult>(repeating: .notReported)
        for (indicator, subIndex) in subIndices {
            results[indicator.index] = .value(concentration: 1000, subIndex: subIndex)
        }
        return .init(IndexReport(kind: kind, edition: .hj633Of2012, results: results, index: index))
    }

    /// A city in which every level, and every way to be missing, stands beside another.
    static var city: [Snapshot.Station] {
        let names = ["东四", "万寿西宫", "官园", "奥体中心", "农展馆", "古城", "顺义新城", "Dongsi North 7"]
        let levels: [Int32?] = [432, 262, 187, 122, 78, 31, nil, 210]
        return zip(names, levels).enumerated().map { place, station in
            var made = place == 6 ? broken(station.0) : severe(station.0)
            made.key = "\(1001 + place)A"
            made.realtime = station.1.map { report(.realtime, [.pm25: $0], index: $0) } ?? made.realtime
            if let index = station.1 {
                made.lines[0].subIndex = index
                made.lines[0].hour = Concentration(thousandths: index * 900)
                made.lines[5].measured = time + -4
                made.lines[4].measured = time + -4
            }
            if place == 2 { made.lines[0].marks = SuspectMarks(text: "Qspike") ?? SuspectMarks() }
            if place == 3 { made.lines[1].latest = .missing(.zeroCheck) }
            if place == 4 { for line in 0..<6 { made.lines[line].measured = time + -900 } }
            return made
        }
    }

    /// Thirty days of a wave with a gap, the same for every pollutant but for its size.
    static func history(_ key: String) -> History {
        let count = History.longest
        let rows = (0..<count).map { place in
            var row = HourRow()
            let wave = abs((place * 5) % 240 - 120) + (place % 24) * 3
            for pollutant in Pollutant.allSix {
                row[pollutant] = Concentration(
                    thousandths: wave * 1000 / (pollutant == .co ? 60 : 1 + Int32(pollutant.index)))
            }
            if (count - 20..<count - 15).contains(place) { row[.pm25] = .missing(.spanCheck) }
            return row
        }
        // Frosty nights, and a wind that turns through north.
        let temperature = (0..<count).map { Concentration(thousandths: Int32(abs(($0 % 24) - 12) * 900 - 7000)) }
        let direction = (0..<count).map { Concentration(thousandths: Int32(($0 * 23 + 280) % 360 * 1000)) }
        return History(
            station: key, first: hour - (count - 1), rows: rows,
            others: [.temperature: temperature, .windDirection: direction])
    }

    /// A proposal on its way: an order, signed once; a forecast that goes down in three days.
    static var desk: Snapshot.Desk {
        var desk = Snapshot.Desk()
        var draft = Snapshot.Desk.Proposal(number: 7, action: .upgraded, level: .red, basis: .forecast, since: hour - 1)
        draft.evidence.index24 = 262
        draft.evidence.indexHour = 301
        draft.evidence.largestAhead = 342
        draft.evidence.days = [150: 5, 200: 4, 300: 1]
        draft.signatures = [.init(role: .deputyDirector, person: "张三", time: time + -900)]
        draft.next = .commander
        desk.draft = draft
        desk.missingConsent = "province"
        desk.spell = .init(first: hour - 30, last: hour + 60)
        desk.consultation = .init(cause: .heavy, by: time + -600)
        desk.orders = [.init(authority: "province", level: .orange, isRegional: true)]
        desk.areas = [.init(name: "三河市", level: .red, consentBy: "李四"), .init(name: "香河县", level: .orange)]
        desk.tasks = [
            .init(number: 3, text: "清单 list", due: time + -3600, outstanding: ["住建", "公安"]),
            .init(number: 4, text: "日报 report", due: time + 50_000, outstanding: ["三河市"]),
        ]
        desk.notice = .init(
            number: 2, text: "橙色 orange", start: time + -7200, isHandedOver: true,
            channels: [
                .init(name: "广播 radio", last: time + -5400, due: time + -1800),
                .init(name: "电视 TV", last: time + -1800, due: time + 1800),
            ])
        desk.measures =
            [
                .init(id: "a", kind: "公众 public", text: "少外出 stay indoors", departments: ["卫健 health"], clause: "六(三)"),
                .init(
                    id: "b", kind: "公众 public", text: "停课 schools close", waits: "AQI 500", departments: ["教育 schools"],
                    clause: "六(三)"),
            ]
            + (1...20).map {
                .init(
                    id: "m\($0)", kind: "工业 industry", text: "停产 line \($0) stops",
                    departments: ["生态环境 environment", "工信 industry"],
                    clause: "附件4")
            }
        desk.mayBeDust = [.init(first: hour - 5, last: hour - 1)]
        desk.forecast = .init(issuer: "气象台", issued: time + -40_000, last: hour + 120)
        desk.curve = IndexCurve(
            first: hour - 48, now: hour,
            indices: (0..<169).map { $0 == 30 ? nil : 340 - abs(Int32($0) - 90) * 3 },
            bounds: [150, 200, 300])
        return desk
    }

    static var alarms: [Alarm] {
        [
            Alarm(number: 3, .init(.deviceSilent, "gas rack: SO2 analyser"), since: time + -7200),
            Alarm(number: 4, .init(.stationStale, "1005A"), since: time + -600),
            Alarm(
                number: 5, .init(.suspectValue, "1003A pm25"), since: time + -1200,
                acknowledged: .init(person: "李四", time: time + -300)),
            Alarm(
                number: 6, .init(.senderClock, "city: 88888880000001"), since: time + -86_400,
                shelf: .init(person: "Wang", until: time + 3600, reason: "spare part comes tomorrow")),
            Alarm(number: 7, .init(.consultationOverdue), since: time + -9000, cleared: time + -60),
        ]
    }

    /// Everything at once.
    static var everything: Snapshot {
        var snapshot = Snapshot(time: time, stations: city, log: log(60))
        snapshot.inForce = .init(level: .orange, since: hour - 20, number: 3)
        snapshot.wanted = .red
        snapshot.desk = desk
        snapshot.alarms = alarms
        var well = Snapshot.Device(bus: "gas rack", name: "SO2 analyser")
        well.answered = 123_456
        well.median = 1250
        well.slowest = 217_000
        var gas = Snapshot.Device(bus: "gas rack", name: "臭氧分析仪")
        gas.phase = .init(flag: .zeroCheck, until: time + 600)
        gas.exceptions = [2: 3, 4: 1]
        var dead = Snapshot.Device(bus: "roof", name: "PM monitor")
        dead.isAsked = false
        dead.timeouts = 4_000_000_000
        snapshot.devices = [well, gas, dead]
        snapshot.senders = (1...3).map { number in
            var sender = Snapshot.Sender(receiver: "city", name: "8888888000000\(number)")
            sender.isConnected = number < 3
            sender.packets = UInt64(number) * 43_210
            sender.refused = number == 2 ? 17 : 0
            sender.heard = time + -Int64(number * 40)
            sender.clockOffset = [0, 95, -3][number - 1]
            sender.sins = number == 2 ? ["bad-crc": 12, "no-flag": 5] : [:]
            return sender
        }
        return snapshot
    }

    static func log(_ count: Int) -> [Snapshot.LogLine] {
        (0..<count).map {
            Snapshot.LogLine(
                time: time + Int64($0 * 60 - 3600), text: "line \($0) of the log", isWarning: $0 % 3 == 0)
        }
    }
}
