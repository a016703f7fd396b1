using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Represents what a feature file says about all of its rows: features are comparable where everything but the shard is equal.</summary>
/// <param name="Weights">The name of the weights, for people.</param>
/// <param name="WeightsHash">What tells these weights from others.</param>
/// <param name="InputSize">The input size in pixels.</param>
/// <param name="FeatureCount">The number of features of each image.</param>
/// <param name="Preprocessing">The preprocessing, as JSON.</param>
/// <param name="LibraryVersion">The version of the library that computed the features.</param>
/// <param name="Shard">Which of the images the file has.</param>
internal sealed record FeatureMetadata(
    string Weights, string WeightsHash, int InputSize, int FeatureCount, string Preprocessing, string LibraryVersion, Shard Shard)
{
    // Names in files never change.
    private const string Prefix = "mobilenetv2.";
    private const string WeightsKey = Prefix + "weights";
    private const string WeightsHashKey = Prefix + "weights_sha256";
    private const string InputSizeKey = Prefix + "input_size";
    private const string FeatureCountKey = Prefix + "feature_count";
    private const string PreprocessingKey = Prefix + "preprocessing";
    private const string LibraryVersionKey = Prefix + "library_version";
    private const string ShardKey = Prefix + "shard";

    /// <summary>Reads what a file has.</summary>
    /// <exception cref="InvalidDataException">Entries are missing or of another form.</exception>
    internal static FeatureMetadata Read(IReadOnlyDictionary<string, string> entries) => new(
        Find(entries, WeightsKey),
        Find(entries, WeightsHashKey),
        FindNumber(entries, InputSizeKey),
        FindNumber(entries, FeatureCountKey),
        Find(entries, PreprocessingKey),
        Find(entries, LibraryVersionKey),
        Shard.TryParse(Find(entries, ShardKey), out Shard shard) ? shard : throw Invalid(entries, ShardKey));

    internal Dictionary<string, string> Write() => new(StringComparer.Ordinal)
    {
        [WeightsKey] = Weights,
        [WeightsHashKey] = WeightsHash,
        [InputSizeKey] = InputSize.ToString(CultureInfo.InvariantCulture),
        [FeatureCountKey] = FeatureCount.ToString(CultureInfo.InvariantCulture),
        [PreprocessingKey] = Preprocessing,
        [LibraryVersionKey] = LibraryVersion,
        [ShardKey] = Shard.ToString(),
    };

    /// <summary>Returns in what way features are others than those of this metadata; null where they are alike. The shard does not count.</summary>
    internal string? FindDifference(FeatureMetadata other) => (this with { Shard = other.Shard }) == other ? null
        : WeightsHash != other.WeightsHash ? $"weights '{Weights}' (SHA-256 {Shorten(WeightsHash)}) and '{other.Weights}' ({Shorten(other.WeightsHash)})"
        : InputSize != other.InputSize ? FormattableString.Invariant($"input sizes {InputSize} and {other.InputSize}")
        : Preprocessing != other.Preprocessing ? $"preprocessing {Preprocessing} and {other.Preprocessing}"
        : LibraryVersion != other.LibraryVersion ? $"library versions {LibraryVersion} and {other.LibraryVersion}"
        : $"names of weights '{Weights}' and '{other.Weights}'";

    private static string Shorten(string hash)
    {
        const int Enough = 12;
        return hash.Length > Enough ? hash[..Enough] : hash;
    }

    private static string Find(IReadOnlyDictionary<string, string> entries, string key) =>
        entries.GetValueOrDefault(key) ?? throw new InvalidDataException($"it has no entry '{key}' in its metadata.");

    private static int FindNumber(IReadOnlyDictionary<string, string> entries, string key) =>
        int.TryParse(Find(entries, key), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : throw Invalid(entries, key);

    private static InvalidDataException Invalid(IReadOnlyDictionary<string, string> entries, string key) =>
        new($"the entry '{key}' of its metadata is '{entries[key]}'.");
}
