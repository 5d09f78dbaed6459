import AQICore
import Ingest
import Response
import Uplink
import Warnings

/// What a monitor is to do; read from a TOML file, or put together by the demo.
struct Configuration: Equatable {
    struct Station: Equatable {
        /// The name under which hours are stored and exported.
        var key: String
        /// The name that people read.
        var name: String
        var notMonitored = PollutantSet()
    }

    struct BusLine: Equatable {
        var name: String
        var line: ModbusLine
        var options = ModbusOptions()
        var devices: [ModbusDevice]
    }

    /// A line on which instruments speak a serial protocol of their own.
    struct SerialBusLine: Equatable {
        var name: String
        var line: SerialLine
        var kind: SerialProtocol
        var options = SerialOptions()
        var devices: [SerialDevice]
    }

    /// Path of the store; nil keeps nothing.
    var store: String?
    var storePolicy = StorePolicy()
    var pollSeconds = 5
    /// How long after its end an hour is closed, so that what is still under way gets in.
    var settleSeconds = 5
    var plan: WarningPlan = .usual
    /// What is done at each level, and by whom.
    var response: ResponsePlan = .shipped
    /// Who signs and keeps watch.
    var people: [Person] = []
    /// The areas of the city.
    var areas: [String] = []
    /// From where on a value is suspect, at every station.
    var quality: QualityThresholds = .standard
    var stations: [Station] = []
    var buses: [BusLine] = []
    var serialBuses: [SerialBusLine] = []
    /// Where stations are listened to.
    var receivers: [Receiver] = []
    /// Where hours are uploaded to.
    var uplinks: [Destination] = []
}
