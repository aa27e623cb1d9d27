// `mimamori init`: makes the home folder from the certificates that a person was given.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: say("証明書と鍵を登録し、この端末で使えるようにします。", "Set up this machine with your certificates and keys."),
        discussion: paragraphs(
            "ファイルは検査したうえで設定の置き場所に複写します。既にある設定を上書きすることはありません。"
                + "中継につながれば、名簿も取得します。",
            "The files are checked and copied into the home folder; an existing one is never overwritten. "
                + "The directory is fetched when the relay can be reached."))

    @OptionGroup var common: CommonOptions

    @Option(help: help("中継の URL。", "The relay's URL.", valueName: "https://host:port"))
    var relay: String

    @Option(
        name: [.customLong("ca"), .customLong("roots")],
        help: help("認証局の証明書（PEM）。", "The CA's certificate (PEM).", valueName: "file"), completion: .file())
    var ca: String

    @Option(help: help("本人の証明書（PEM）。", "Your certificate (PEM).", valueName: "file"), completion: .file())
    var certificate: String

    @Option(help: help("本人の秘密鍵（PEM）。", "Your private key (PEM).", valueName: "file"), completion: .file())
    var key: String

    @Option(
        help: help(
            "所属の暗号化用の証明書。送受信する人に必要で、何度でも指定できます。",
            "Your party's encryption certificate, for senders and recipients; repeatable.", valueName: "file"),
        completion: .file())
    var partyCertificate: [String] = []

    @Option(
        help: help("その秘密鍵。証明書と同じ順に指定します。", "Its private key, in the same order.", valueName: "file"),
        completion: .file())
    var partyKey: [String] = []

    func validate() throws {
        guard partyCertificate.count == partyKey.count else {
            throw ValidationError(
                say(
                    "--party-certificate と --party-key は同じ数だけ指定してください。",
                    "Give --party-certificate and --party-key the same number of times."))
        }
    }

    func run() async throws {
        let console = common.console
        let request = HomeRequest(
            relay: relay, rootsPath: ca, personCertificatePath: certificate, personKeyPath: key,
            partyKeys: Array(zip(partyCertificate, partyKey)).map { (certificatePath: $0.0, keyPath: $0.1) })
        let home = try ClientHome.create(request, at: common.folder, world: common.world)
        console.data(say("設定しました: \(home.folder)", "Set up: \(home.folder)"))
        console.data(say("  あなたのアドレス: \(home.settings.person)", "  You are: \(home.settings.person)"))
        let client = Client(home: home, world: common.world)
        do {
            let known = try await client.session { try await $0.refreshDirectory() }
            console.data(
                say(
                    "  名簿を取得しました（\(known.directory.parties.count) か所）。",
                    "  Fetched the directory (\(known.directory.parties.count) parties)."))
        } catch let failure as ClientFailure {
            console.say(
                "  名簿はまだ取得できていません: \(failure.message.ja)", "  The directory is not here yet: \(failure.message.en)")
        } catch let refused as Refused {
            console.say(
                "  名簿はまだ取得できていません: \(refused.findings[0].message.ja)",
                "  The directory is not here yet: \(refused.findings[0].message.en)")
        }
        console.data(say("次に mimamori doctor で確かめてください。", "Check it with mimamori doctor."))
    }
}
