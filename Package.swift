// swift-tools-version: 6.2
// The rooms of the house (docs/architecture.md) as SwiftPM targets. Arrows go only downward; Tests/House checks
// that no file imports what its room must not know, because SwiftPM itself does not.
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, path: String? = nil, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

func tests(_ name: String, path: String? = nil, exclude: [String] = [], _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: strict)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "mimamori-relay",
    products: [
        .executable(name: "mimamorid", targets: ["mimamorid"]),
        .executable(name: "mimamori", targets: ["mimamori"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("crypto")]),
        room("MimamoriCore"),
        room("MimamoriMerkle", [crypto]),
        room("MimamoriCrypto", ["COpenSSL", "MimamoriCore", crypto]),
        room("MimamoriEnvelope", ["COpenSSL", "MimamoriCrypto", "MimamoriCore"]),
        room(
            "MimamoriStore",
            [
                "MimamoriCore", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        room("MimamoriWire", ["MimamoriCore"]),
        room(
            "MimamoriRelay",
            ["MimamoriCore", "MimamoriMerkle", "MimamoriCrypto", "MimamoriStore", "MimamoriWire", logging, lifecycle]),
        room(
            "MimamoriServer",
            [
                "MimamoriCore", "MimamoriCrypto", "MimamoriRelay", "MimamoriWire", nioCore, nioSSL, httpTypes, logging,
                lifecycle,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ]),
        room(
            "MimamoriClient",
            [
                "CZlib", "MimamoriCore", "MimamoriMerkle", "MimamoriCrypto", "MimamoriEnvelope", "MimamoriWire", crypto,
                nioCore, nioSSL, toml,
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ]),
        program(
            "mimamorid",
            [
                "CLinux", "MimamoriCore", "MimamoriCrypto", "MimamoriMerkle", "MimamoriStore", "MimamoriRelay",
                "MimamoriServer", toml, arguments, logging, lifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        program("mimamori", ["MimamoriCore", "MimamoriClient", arguments]),
        program(
            "relay-load", path: "Benchmarks/RelayLoad",
            ["MimamoriCore", "MimamoriClient", "MimamoriCrypto", "MimamoriEnvelope", "MimamoriWire", arguments]),
        program(
            "log-proofs", path: "Benchmarks/LogProofs", ["MimamoriMerkle", "MimamoriStore", "MimamoriRelay", arguments]),

        .target(name: "TestSupport", dependencies: ["MimamoriCore"], path: "Tests/TestSupport", swiftSettings: strict),
        tests("MimamoriCoreTests", ["MimamoriCore", "TestSupport"]),
        tests("MimamoriMerkleTests", ["MimamoriMerkle"]),
        tests("MimamoriCryptoTests", ["MimamoriCrypto", "MimamoriCore", "TestSupport"]),
        tests("MimamoriEnvelopeTests", ["MimamoriEnvelope", "MimamoriCrypto", "MimamoriCore", "TestSupport"]),
        tests("MimamoriStoreTests", ["MimamoriStore", "MimamoriCore", "TestSupport"]),
        tests(
            "MimamoriRelayTests",
            [
                "MimamoriRelay", "MimamoriStore", "MimamoriCrypto", "MimamoriEnvelope", "MimamoriMerkle",
                "MimamoriWire", "MimamoriCore", "TestSupport", lifecycle,
                // DryRunAgreementTests holds the client's dry run against the relay's word.
                "MimamoriClient",
            ]),
        tests(
            "MimamoriServerTests",
            [
                "mimamorid", "MimamoriServer", "MimamoriRelay", "MimamoriStore", "MimamoriCrypto", "MimamoriMerkle",
                "MimamoriWire", "MimamoriCore", "TestSupport", arguments, httpTypes, logging,
            ]),
        tests(
            "MimamoriClientTests", exclude: ["Golden"],
            [
                "MimamoriClient", "MimamoriEnvelope", "MimamoriCrypto", "MimamoriMerkle", "MimamoriWire",
                "MimamoriCore", "TestSupport",
            ]),
        tests("CommandTests", ["mimamori", "MimamoriClient", "MimamoriCore", arguments]),
        tests("HouseTests", path: "Tests/House", ["MimamoriCore", "TestSupport"]),
        // The stories themselves, Tests/Scenarios/*.txt, are data beside the target.
        tests("ScenarioTests", path: "Tests/Scenarios/Harness", ["TestSupport"]),
    ]
)
