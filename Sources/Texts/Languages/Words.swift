/// Everything that the program says to people: a protocol a topic, and a file of it in each language.
///
/// A message about something that went wrong says where, what, and what to do about it.
package protocol Words:
    AirWords, BenchWords, ConfigurationWords, DeviceToolWords, DeviceWords, DoctorWords, DocumentWords, HJ212Words,
    InventoryWords, MonitorWords, PlanWords, ReportWords, ResponseWords, ScreenWords, StoreWords, TableWords, TaskWords,
    TerminalWords, TrailWords, UsageWords, WarningWords
{}

extension Words {
    /// A short time, as `1.25 ms`.
    func milliseconds(_ microseconds: Int64) -> String {
        "\(DecimalWriting.shortest(thousandths: Int32(clamping: microseconds))) ms"
    }
}
