/// The state of a gas to which its concentration by mass refers.
public enum ReferenceState: UInt8, Sendable {
    /// 273.15 K, 1013.25 hPa: data up to 2018-08-31.
    case kelvin273
    /// 298.15 K, 1013.25 hPa: data from 2018-09-01. Particulates are at actual conditions and know no such state.
    case kelvin298

    /// The state that holds for data of an instant.
    ///
    /// Source: GB 3095-2012, amendment 1 (announced 2018-08-13), in force from 2018-09-01; GB 3095-2026 4.3.
    public init(at instant: Instant) {
        self = instant >= ReferenceState.firstInstantOf298 ? .kelvin298 : .kelvin273
    }

    /// 2018-09-01T00:00+08:00.
    static let firstInstantOf298 = Instant(seconds: 1_535_731_200)

    /// Molar volume of an ideal gas, R T / p with R = 8.314462618 J/(mol K) (CODATA 2018), in 1e-7 L/mol.
    var molarVolume: Int64 {
        switch self {
        case .kelvin273: 224_139_695
        case .kelvin298: 244_654_037
        }
    }
}

extension Parameter {
    /// Molar mass in 1e-4 g/mol, nil for what is no gas; nitrogen oxides count as NO2.
    ///
    /// Source: IUPAC atomic weights as the field's conversion tables have them: C 12.0107, N 14.0067, O 15.9994, S 32.066.
    var molarMass: Int64? {
        switch self {
        case .so2: 640_648
        case .no2, .nox: 460_055
        case .no: 300_061
        case .o3: 479_982
        case .co: 280_101
        default: nil
        }
    }
}

extension Concentration {
    /// Turns a mixing ratio into a concentration by mass: ppb into µg/m³, for carbon monoxide ppm into mg/m³; exact, rounded
    /// half to even to a thousandth.
    ///
    /// What is no gas is returned as it is, and so is a missing value; a product that no instrument measures is missing with
    /// `fault`.
    ///
    /// Source: GB 3095-2026 4.3; ideal gas.
    public func fromMixingRatio(of parameter: Parameter, at state: ReferenceState) -> Concentration {
        guard let thousandths, let mass = parameter.molarMass else { return self }
        // 1e-4 g/mol over 1e-7 L/mol: a thousand to bring both to the same power. At most 2e9 * 640,648 * 1000 < 2^63.
        let converted = (Int64(thousandths) * mass * 1000).dividedHalfToEven(by: state.molarVolume)
        return Concentration(measured: converted)
    }
}
