using System.Security.Cryptography;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Is a server, an empty cache folder, and an entry of the catalog whose file the server has.</summary>
internal sealed class DownloadCase : IDisposable
{
    internal const string FileName = "test.safetensors";

    internal DownloadCase(params ServerAnswer[] answers)
    {
        Server = new(answers);
        Options = new()
        {
            CacheFolder = Folder.Path,
            RetryDelays = [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5)],
            CreateHandler = () => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false },
        };
        Entry = CreateEntry(Hash[..8]);
    }

    /// <summary>Gets a file of weights: width 0.35, no classifier.</summary>
    internal static byte[] Content { get; } = SafetensorsBytes.From(Synthetic.Checkpoint);

    internal static string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Content));

    internal static int Half => Content.Length / 2;

    internal TemporaryFolder Folder { get; } = new();

    internal WeightsServer Server { get; }

    internal WeightsDownloadOptions Options { get; set; }

    internal PretrainedWeights Entry { get; private set; }

    internal string FilePath => Folder.PathOf(FileName);

    private static MobileNetV2Weights Synthetic => SyntheticNetwork.Create(0.35f, classCount: 0);

    /// <summary>Makes the entry one for which no hash is published.</summary>
    internal void RemovePublishedHash() => Entry = CreateEntry(null);

    /// <summary>Makes the entry one for which the whole hash is published.</summary>
    internal void PublishWholeHash() => Entry = CreateEntry(Hash);

    /// <summary>Gives the entry another address.</summary>
    internal void MoveTo(Uri address) => Entry = CreateEntry(Hash, address);

    internal MobileNetV2Weights Open() => MobileNetV2Weights.FromCatalog(Entry, Options);

    internal List<DownloadProgress> Load()
    {
        ProgressList progress = new();
        Open().Load(progress);
        return progress.Reports;
    }

    internal TException Fail<TException>()
        where TException : Exception => Assert.ThrowsExactly<TException>(() => Open().Load());

    /// <summary>Checks that the file is there, whole, and that no part is left.</summary>
    internal void AssertComplete()
    {
        Assert.AreSequenceEqual([FileName, $"{FileName}.lock", $"{FileName}.sha256"], Folder.FileNames());
        Assert.AreSequenceEqual(Content, File.ReadAllBytes(FilePath));
        Assert.AreEqual(Hash, File.ReadAllText($"{FilePath}.sha256").Trim());
    }

    internal void AssertNothingLeft() => Assert.AreSequenceEqual([$"{FileName}.lock"], Folder.FileNames());

    public void Dispose()
    {
        Server.Dispose();
        Folder.Dispose();
    }

    internal sealed class ProgressList : IProgress<DownloadProgress>
    {
        internal List<DownloadProgress> Reports { get; } = [];

        public void Report(DownloadProgress value) => Reports.Add(value);
    }

    private PretrainedWeights CreateEntry(string? sha256Prefix, Uri? address = null) => new()
    {
        Description = Synthetic.Description with { Name = "test" },
        Address = address ?? new(Server.Address, $"published/{FileName}"),
        Sha256Prefix = sha256Prefix,
    };
}
