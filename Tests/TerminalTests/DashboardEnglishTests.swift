import AQICore
import Terminal
import Testing
import Texts
import Warnings

/// The screen as text, whole, in English.
@Suite("Terminal: the screen in English") struct DashboardEnglishTests {
    static let dashboard = Dashboard(words: Language.english.words)

    static var severe: Snapshot {
        var snapshot = Snapshot(
            time: Screens.time, stations: [Screens.severe("Demo station")], log: Screens.log(12))
        snapshot.simulation = "1800"
        snapshot.inForce = .init(level: .red, since: Screens.hour - 20, number: 3)
        return snapshot
    }

    @Test func `a severe hour with a red warning in force, on 80 by 24`() {
        #expect(
            Self.dashboard.canvas(Self.severe, station: 0, rows: 24, columns: 80).text == """
                 aqi-monitor  Demo station   SIMULATED ×1800                   2017-01-01 08:20

                 Hour to 08:00    AQI  432  severely polluted     primary PM2.5
                 24 h to 08:00    AQI  401  severely polluted     primary PM2.5, PM10

                  RED warning in force, response I, since 2016-12-31 12:00 (no. 3)

                               now      age  hour so far     hour     24 h   IAQI
                 PM2.5       412.3      2 s        405.2    398.0    351.0    432   ██████████
                 PM10        501.0      2 s        498.8    482.0    420.5    366   █████████
                 SO2          24.0    119 s         23.9     22.0     21.0      8   █
                 NO2         106.0    2 min        105.4    101.0     98.0     51   ██
                 CO           4.10      2 h         4.06     3.94     3.50     40   █
                 O3           14.0      2 d         14.0     16.0     21.0      5   █

                 Log ──────────────────────────────────────────────────────────────────────────
                 07:25 line 5 of the log
                 07:26 line 6 of the log
                 07:27 line 7 of the log
                 07:28 line 8 of the log
                 07:29 line 9 of the log
                 07:30 line 10 of the log
                 07:31 line 11 of the log
                 q quit   d devices
                """)
    }

    @Test func `missing values with a yellow warning and a wish for orange, on 120 by 40`() {
        var snapshot = Snapshot(
            time: Screens.time, stations: [Screens.severe("Dongsi"), Screens.broken("Wanshou Xigong")],
            log: Screens.log(2))
        snapshot.inForce = .init(level: .yellow, since: Screens.hour, number: 1)
        snapshot.wanted = .orange
        #expect(
            Self.dashboard.canvas(snapshot, station: 1, rows: 40, columns: 120).text == """
                 aqi-monitor  Wanshou Xigong                                                                           2017-01-01 08:20

                 Hour to 08:00    AQI NA
                 24 h to 08:00    AQI   42  excellent             primary none

                  YELLOW warning in force, response III, since 2017-01-01 08:00 (no. 1)    wanted: ORANGE warning

                               now      age  hour so far     hour     24 h   IAQI
                 PM2.5       412.3      2 s        405.2    398.0    351.0    432   █████████████████████████████████████████████
                 PM10        501.0      2 s        498.8    482.0    420.5    366   ██████████████████████████████████████
                 SO2   calibration    119 s         23.9        H
                 NO2     no answer    2 min                     B     98.0
                 CO              -                              -
                 O3           -3.0      2 d         14.0     -0.5     21.0      0

                 Log ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────
                 07:20 line 0 of the log
                 07:21 line 1 of the log

                """ + String(repeating: "\n", count: 21) + " q quit   Tab next station   d devices")
    }

    @Test func `before the first value there is nothing but the frame`() {
        let snapshot = Snapshot(
            time: Screens.time,
            stations: [.init(key: "A", name: "Demo station", lines: Pollutant.allSix.map(Snapshot.Line.init))])
        #expect(
            Self.dashboard.canvas(snapshot, station: 0, rows: 24, columns: 80).text == """
                 aqi-monitor  Demo station                                     2017-01-01 08:20

                 the first hour is not over yet


                 no warning in force

                               now      age  hour so far     hour     24 h   IAQI
                 PM2.5           -
                 PM10            -
                 SO2             -
                 NO2             -
                 CO              -
                 O3              -

                 Log ──────────────────────────────────────────────────────────────────────────







                 q quit   d devices
                """)
    }

    @Test func `without blocks letters stand in, in the smallest window`() {
        let dashboard = Dashboard(words: Language.english.words, hasBlocks: false)
        var snapshot = Self.severe
        snapshot.simulation = "1800"
        #expect(
            dashboard.canvas(snapshot, station: 0, rows: 20, columns: 76).text == """
                 aqi-monitor  Demo station   SIMULATED x1800               2017-01-01 08:20

                 Hour to 08:00    AQI  432  severely polluted     primary PM2.5
                 24 h to 08:00    AQI  401  severely polluted     primary PM2.5, PM10

                  RED warning in force, response I, since 2016-12-31 12:00 (no. 3)

                               now      age  hour so far     hour     24 h   IAQI
                 PM2.5       412.3      2 s        405.2    398.0    351.0    432   #######
                 PM10        501.0      2 s        498.8    482.0    420.5    366   ######
                 SO2          24.0    119 s         23.9     22.0     21.0      8   #
                 NO2         106.0    2 min        105.4    101.0     98.0     51   #
                 CO           4.10      2 h         4.06     3.94     3.50     40   #
                 O3           14.0      2 d         14.0     16.0     21.0      5   #

                 Log ----------------------------------------------------------------------
                 07:29 line 9 of the log
                 07:30 line 10 of the log
                 07:31 line 11 of the log
                 q quit   d devices
                """)
    }

    @Test func `a window that is too small says so, in as much room as there is`() {
        for (rows, columns) in [(19, 80), (24, 75), (1, 30), (1, 5)] {
            let canvas = Self.dashboard.canvas(Self.severe, station: 0, rows: rows, columns: columns)
            let text = String("the window is too small".prefix(columns))
            #expect(canvas.text == text.trimmed + String(repeating: "\n", count: rows - 1), "\(rows) by \(columns)")
        }
        #expect(Self.dashboard.canvas(Self.severe, station: 0, rows: 0, columns: 0).text == "")
    }

    @Test func `no stations is an empty screen`() {
        let canvas = Self.dashboard.canvas(Snapshot(time: Screens.time), station: 0, rows: 24, columns: 80)
        #expect(canvas == Canvas(rows: 24, columns: 80))
    }
}

extension String {
    /// The text without spaces at its end.
    fileprivate var trimmed: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
