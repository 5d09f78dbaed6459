import AQICore
import Terminal
import Testing
import Texts
import Warnings

/// The screen as text, whole, in Chinese.
@Suite("Terminal: the screen in Chinese") struct DashboardChineseTests {
    static let dashboard = Dashboard(words: Language.chinese.words)
    static let stations = [Screens.broken("万寿西宫"), Screens.severe("东四")]

    @Test func `missing values and a wish for orange, on 80 by 24`() {
        var snapshot = Snapshot(time: Screens.time, stations: Self.stations, log: Screens.log(2))
        snapshot.wanted = .orange
        #expect(
            Self.dashboard.canvas(snapshot, station: 0, rows: 24, columns: 80).text == """
                 aqi-monitor  万寿西宫                                         2017-01-01 08:20

                 小时至 08:00     AQI NA
                 24 小时至 08:00  AQI   42  优                    首要污染物 无

                 无预警   建议：橙色预警

                              当前     时效       本小时   小时值  24 小时   IAQI
                 PM2.5       412.3     2 秒        405.2    398.0    351.0    432   ██████████
                 PM10        501.0     2 秒        498.8    482.0    420.5    366   █████████
                 SO2          校准   119 秒         23.9        H
                 NO2      通讯中断     2 分                     B     98.0
                 CO              -                              -
                 O3           -3.0     2 天         14.0     -0.5     21.0      0

                 日志 ─────────────────────────────────────────────────────────────────────────
                 07:20 line 0 of the log
                 07:21 line 1 of the log





                 q 退出   Tab 下一站点   d 设备
                """)
    }

    @Test func `a yellow warning in force and a wish for orange, on 120 by 40`() {
        var snapshot = Snapshot(time: Screens.time, stations: Self.stations)
        snapshot.inForce = .init(level: .yellow, since: Screens.hour, number: 1)
        snapshot.wanted = .orange
        #expect(
            Self.dashboard.canvas(snapshot, station: 1, rows: 40, columns: 120).text == """
                 aqi-monitor  东四                                                                                     2017-01-01 08:20

                 小时至 08:00     AQI  432  严重污染              首要污染物 PM2.5
                 24 小时至 08:00  AQI  401  严重污染              首要污染物 PM2.5, PM10

                  黄色预警生效中，III 级响应，自 2017-01-01 08:00 起（第 1 次）    建议：橙色预警

                              当前     时效       本小时   小时值  24 小时   IAQI
                 PM2.5       412.3     2 秒        405.2    398.0    351.0    432   █████████████████████████████████████████████
                 PM10        501.0     2 秒        498.8    482.0    420.5    366   ██████████████████████████████████████
                 SO2          24.0   119 秒         23.9     22.0     21.0      8   █
                 NO2         106.0     2 分        105.4    101.0     98.0     51   ██████
                 CO           4.10     2 时         4.06     3.94     3.50     40   █████
                 O3           14.0     2 天         14.0     16.0     21.0      5   █

                 日志 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

                """ + String(repeating: "\n", count: 23) + " q 退出   Tab 下一站点   d 设备")
    }

    @Test func `before the first hour is over`() {
        let snapshot = Snapshot(
            time: Screens.time,
            stations: [.init(key: "A", name: "演示站", lines: Pollutant.allSix.map(Snapshot.Line.init))])
        #expect(
            Self.dashboard.canvas(snapshot, station: 0, rows: 20, columns: 76).text == """
                 aqi-monitor  演示站                                       2017-01-01 08:20

                 第一个小时尚未结束


                 无预警

                              当前     时效       本小时   小时值  24 小时   IAQI
                 PM2.5           -
                 PM10            -
                 SO2             -
                 NO2             -
                 CO              -
                 O3              -

                 日志 ─────────────────────────────────────────────────────────────────────



                 q 退出   d 设备
                """)
    }

    @Test func `a window that is too small says so`() {
        let snapshot = Snapshot(time: Screens.time, stations: Self.stations)
        #expect(Self.dashboard.canvas(snapshot, station: 0, rows: 1, columns: 20).text == "窗口太小")
        #expect(Self.dashboard.canvas(snapshot, station: 0, rows: 1, columns: 7).text == "窗口太")
    }
}
