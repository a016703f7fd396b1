namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents a transformer of a model by the columns that it writes, as far as they are known.</summary>
internal sealed class ModelStep
{
    internal const string CopyLoader = "CopyTransform";

    /// <summary>What the names of all columns begin with that exist only inside of this library's parts of a model.</summary>
    internal const string OwnColumns = "MobileNetV2.";

    /// <summary>The column with which the steps of a network begin: a copy of the image.</summary>
    internal const string OwnImage = OwnColumns + "Image";

    private const string OwnAssembly = "Microsoft.ML.MobileNetV2";
    private const string ConcatenatingLoader = "ConcatTransform";
    private const string LoadingLoader = "ImageLoaderTransform";
    private const string NormalizingLoader = "Normalizer";
    private const string MappingLoader = "CustomTransformer";
    private const string LookupLoader = "ValueMappingTransformer";
    private const string KeyToValueLoader = "KeyToValueTransform";
    private const string SelectingLoader = "SelectColumnsTransform";
    private const string CustomLoaders = "Custom";
    private const string PredictingLoaders = "PredXfer";

    /// <summary>What ML.NET's trainers write, whether they say so in the file or not.</summary>
    private static readonly string[] PredictionColumns = ["Score", "PredictedLabel", "Probability"];

    /// <summary>The loaders of transformers that write pairs of columns first, with their names in ML.NET's catalogs.</summary>
    private static readonly Dictionary<string, string> PairLoaders = new(StringComparer.Ordinal)
    {
        [CopyLoader] = "CopyColumns",
        [LoadingLoader] = "LoadImages",
        ["ImageScalerTransform"] = "ResizeImages",
        ["ImageGrayscaleTransform"] = "ConvertToGrayscale",
        ["ImagePixelExtractor"] = "ExtractPixels",
        ["VectorToImageConverter"] = "ConvertToImage",
        ["GcnTransform"] = "NormalizeLpNorm",
        ["NAReplaceTransform"] = "ReplaceMissingValues",
        ["NaIndicatorTransform"] = "IndicateMissingValues",
        ["TermTransform"] = "MapValueToKey",
        [KeyToValueLoader] = "MapKeyToValue",
        ["KeyToVectorTransform"] = "MapKeyToVector",
        [LookupLoader] = "MapValue",
        ["ConvertTransform"] = "ConvertType",
        ["HashTransform"] = "Hash",
        ["PcaTransform"] = "ProjectToPrincipalComponents",
        ["RffTransform"] = "ApproximatedKernelMap",
    };

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        [ConcatenatingLoader] = "Concatenate",
        [NormalizingLoader] = "Normalize",
        [MappingLoader] = "CustomMapping",
        [ModelPart.OnnxLoader] = "ApplyOnnxModel",
        ["ExprTransform"] = "Expression",
        ["Text"] = "FeaturizeText",
    };

    private readonly string _loader;
    private readonly IReadOnlySet<string>? _writable;
    private readonly IReadOnlyDictionary<string, string> _sources;

    private ModelStep(string loader, IReadOnlySet<string>? writable, IReadOnlyDictionary<string, string>? sources = null)
    {
        _loader = loader;
        _writable = writable;
        _sources = sources ?? new Dictionary<string, string>();
    }

    /// <summary>Gets how ML.NET's catalogs call the transformer.</summary>
    internal string Name => PairLoaders.GetValueOrDefault(_loader) ?? OtherNames.GetValueOrDefault(_loader) ?? _loader;

    /// <summary>Gets a value indicating whether anything may be written.</summary>
    internal bool MayWriteAll => _writable is null;

    /// <summary>Gets the columns that are known to be written or used.</summary>
    internal IEnumerable<string> Columns => _writable ?? Enumerable.Empty<string>();

    internal bool LoadsImages => _loader == LoadingLoader;

    internal bool MapsKeysToValues => _loader == KeyToValueLoader;

    internal bool ExecutesOnnx => _loader == ModelPart.OnnxLoader;

    /// <summary>Gets a value indicating whether the transformer is of a kind that this library puts between scores and predicted label.</summary>
    internal bool IsOfDecision => IsOwn && (_loader is CopyLoader or LookupLoader or SelectingLoader || _loader.Contains(CustomLoaders, StringComparison.Ordinal));

    /// <summary>Gets a value indicating whether the transformer is one that this library puts around a network.</summary>
    internal bool IsOwn { get; private init; }

    /// <summary>Describes a saved transformer.</summary>
    /// <param name="key">Its description; null where it cannot be read.</param>
    /// <param name="loader">The name of its loader.</param>
    /// <param name="partTexts">The texts of its parts.</param>
    internal static ModelStep Create(ModelKey? key, string loader, IEnumerable<string> partTexts)
    {
        if (key is null)
        {
            return Unknown(loader);
        }

        bool isOwn = key.Texts.Any(text => text.StartsWith(OwnColumns, StringComparison.Ordinal));
        if (loader.Contains(CustomLoaders, StringComparison.Ordinal))
        {
            return IsOwnMapping(key) ? new(loader, new HashSet<string>()) { IsOwn = true } : Unknown(loader);
        }

        return Pairs(key) is { } pairs ? new(loader, pairs.Keys.ToHashSet(StringComparer.Ordinal), pairs) { IsOwn = isOwn }
            : loader == ConcatenatingLoader ? new(loader, Concatenated(key) ?? Mentioned(key, partTexts))
            : loader == SelectingLoader ? new(loader, new HashSet<string>()) { IsOwn = isOwn }
            : new(loader, Mentioned(key, partTexts)) { IsOwn = isOwn };
    }

    /// <summary>Describes a transformer of which nothing but its name is known.</summary>
    internal static ModelStep Unknown(string name) => new(name, writable: null);

    /// <summary>Describes a transformer that writes some columns.</summary>
    internal static ModelStep Writing(string name, IEnumerable<string> columns) => new(name, columns.ToHashSet(StringComparer.Ordinal));

    internal bool MayWrite(string column) => _writable?.Contains(column) ?? true;

    /// <summary>Returns the column that a column is a copy of; null where it is none.</summary>
    internal string? CopiedFrom(string column) => _loader == CopyLoader ? _sources.GetValueOrDefault(column) : null;

    private static bool IsOwnMapping(ModelKey key) => key.Texts is [{ } contract, { } assembly] &&
        contract.StartsWith($"{OwnAssembly}.", StringComparison.Ordinal) && assembly.StartsWith($"{OwnAssembly},", StringComparison.Ordinal);

    /// <summary>Returns the columns that are written, each with the one that it is made of.</summary>
    private static Dictionary<string, string>? Pairs(ModelKey key)
    {
        // A normalizer has its own numbers behind each pair.
        bool hasPairs = PairLoaders.ContainsKey(key.Loader) || (key.Loader == NormalizingLoader && key.Numbers is [1, ..]);
        if (!hasPairs || key.Numbers is not [>= 0 and int count, ..] || count > (key.Numbers.Count - 1) / 2)
        {
            return null;
        }

        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            if (TextAt(key, 1 + (2 * i)) is not { } output || TextAt(key, 2 + (2 * i)) is not { } input)
            {
                return null;
            }

            pairs[output] = input;
        }

        return pairs;
    }

    /// <summary>Returns the columns that are written; null where their list does not end within the first numbers.</summary>
    private static HashSet<string>? Concatenated(ModelKey key)
    {
        HashSet<string> columns = new(StringComparer.Ordinal);
        int place = 1;
        for (int i = 0; i < key.Numbers.FirstOrDefault(-1); i++)
        {
            if (TextAt(key, place) is not { } output || place + 1 >= key.Numbers.Count)
            {
                return null;
            }

            columns.Add(output);
            place += 2 + (2 * Math.Clamp(key.Numbers[place + 1], 0, key.Numbers.Count));
        }

        return columns.Count > 0 ? columns : null;
    }

    private static HashSet<string> Mentioned(ModelKey key, IEnumerable<string> partTexts)
    {
        HashSet<string> columns = [.. key.Texts, .. partTexts];
        if (key.Loader.EndsWith(PredictingLoaders, StringComparison.Ordinal))
        {
            columns.UnionWith(PredictionColumns);
        }

        return columns;
    }

    private static string? TextAt(ModelKey key, int place) =>
        place < key.Numbers.Count && key.Numbers[place] is >= 0 and int index && index < key.Texts.Count ? key.Texts[index] : null;
}
