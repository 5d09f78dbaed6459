/// A Modbus line under supervision.
package typealias ModbusBus = SupervisedBus<ModbusSession>

extension SupervisedBus where Session == ModbusSession {
    /// A Modbus line and its devices, each with a unit of its own; without a clock in the time of whoever polls it.
    package init(
        name: String, line: ModbusLine, options: ModbusOptions, devices: [ModbusDevice], clock: BusClock? = nil
    ) {
        let interruption = Interruption()
        self.init(
            name: name, session: ModbusSession(line, options, devices, interruption), interruption: interruption,
            clock: clock)
    }

    /// A Modbus line with the usual options, in the time of whoever polls it.
    package init(name: String, line: ModbusLine, responseTimeoutMs: Int, devices: [ModbusDevice]) {
        var options = ModbusOptions()
        options.responseTimeoutMs = responseTimeoutMs
        self.init(name: name, line: line, options: options, devices: devices)
    }
}
