using System.Globalization;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Converts between the metadata in a file of weights and a description.</summary>
internal sealed class WeightsMetadata
{
    internal const string ArchitectureName = "mobilenet_v2";
    internal const string TensorFlowPreprocessing = "x/127.5-1, RGB";
    private readonly Checkpoint _checkpoint;

    private WeightsMetadata(Checkpoint checkpoint) => _checkpoint = checkpoint;

    /// <summary>Reads a description; defaults are those of torchvision, and the architecture follows from the tensors.</summary>
    internal static WeightsDescription Read(Checkpoint checkpoint) => new WeightsMetadata(checkpoint).Read();

    internal static Dictionary<string, string> Write(WeightsDescription description)
    {
        ImagePreprocessing preprocessing = description.Preprocessing;
        return new(StringComparer.Ordinal)
        {
            ["architecture"] = ArchitectureName,
            ["name"] = description.Name,
            ["width_multiplier"] = Text(description.Architecture.WidthMultiplier),
            ["depth_multiplier"] = Text(description.Architecture.DepthMultiplier),
            ["padding"] = description.Padding == PaddingConvention.Same ? "same" : "symmetric",
            ["batch_norm_epsilon"] = Text(description.BatchNormEpsilon),
            ["input_size"] = preprocessing.InputSize.ToString(CultureInfo.InvariantCulture),
            ["resize"] = preprocessing.Resize.ToString(),
            ["crop_ratio"] = Text(preprocessing.CropFraction),
            ["interpolation"] = preprocessing.Interpolation.ToString(),
            ["mean"] = Text(preprocessing.Mean),
            ["std"] = Text(preprocessing.StandardDeviation),
            ["background"] = Text(preprocessing.Background),
            ["class_names"] = TextList.Write(description.ClassNames),
            ["license"] = description.License,
            ["attribution"] = description.Attribution,
        };
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(RgbValues values) => $"{Text(values.Red)},{Text(values.Green)},{Text(values.Blue)}";

    private WeightsDescription Read()
    {
        if (Find("architecture") is { } architecture && architecture != ArchitectureName)
        {
            throw Invalid("architecture", architecture, $"expected '{ArchitectureName}'");
        }

        try
        {
            WeightsDescription defaults = new();
            return defaults with
            {
                Name = Find("name") ?? Path.GetFileNameWithoutExtension(_checkpoint.Source),
                Architecture = ReadArchitecture(),
                Padding = ReadPadding(),
                BatchNormEpsilon = ReadSingle("batch_norm_epsilon", defaults.BatchNormEpsilon),
                Preprocessing = ReadPreprocessing(),
                ClassNames = Find("class_names") is { } names and not "null" ? TextList.Read(names) : [],
                IgnoredTensors = _checkpoint.IgnoredTensors,
                License = Find("license") ?? string.Empty,
                Attribution = Find("attribution") ?? Find("origin") ?? Find("distilled_from") ?? string.Empty,
            };
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or JsonException)
        {
            throw new WeightsFormatException(WeightsFormatError.InvalidMetadata, _checkpoint.Source, $"its metadata is not valid. {e.Message}", e);
        }
    }

    private MobileNetV2Architecture ReadArchitecture() => Find("width_multiplier") is null
        ? ArchitectureInference.Infer(_checkpoint)
        : new(ReadSingle("width_multiplier", 1), ReadSingle("depth_multiplier", 1));

    private PaddingConvention ReadPadding() => Find("padding") switch
    {
        null or "symmetric" => PaddingConvention.Symmetric,
        "same" => PaddingConvention.Same,
        string other => throw Invalid("padding", other, "expected 'symmetric' or 'same'"),
    };

    private ImagePreprocessing ReadPreprocessing()
    {
        ImagePreprocessing normalization = ReadNormalization();
        return normalization with
        {
            InputSize = Find("input_size") is { } size ? ParseInteger("input_size", size) : normalization.InputSize,
            Resize = ReadEnum("resize", normalization.Resize),
            CropFraction = ReadSingle("crop_ratio", normalization.CropFraction),
            Interpolation = ReadEnum("interpolation", normalization.Interpolation),
            Mean = ReadRgb("mean", normalization.Mean),
            StandardDeviation = ReadRgb("std", normalization.StandardDeviation),
            Background = ReadRgb("background", normalization.Background),
        };
    }

    private ImagePreprocessing ReadNormalization()
    {
        if (Find("preprocessing") is { } text)
        {
            return text == TensorFlowPreprocessing
                ? ImagePreprocessing.TensorFlow
                : throw Invalid("preprocessing", text, $"expected '{TensorFlowPreprocessing}', or the keys 'mean' and 'std'");
        }

        if (Find("input_scale") is not { } scale)
        {
            return ImagePreprocessing.Torchvision;
        }

        string offset = Find("input_offset") ?? "none";
        return scale == "1/127.5" && offset == "-1"
            ? ImagePreprocessing.TensorFlow
            : throw Invalid("input_scale", $"{scale}' with 'input_offset' '{offset}", "expected '1/127.5' with '-1', or the keys 'mean' and 'std'");
    }

    private string? Find(string key) => _checkpoint.Metadata.TryGetValue(key, out string? value) ? value : null;

    private float ReadSingle(string key, float defaultValue) => Find(key) is not { } text
        ? defaultValue
        : float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw Invalid(key, text, "expected a number");

    private int ParseInteger(string key, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
        ? value
        : throw Invalid(key, text, "expected a whole number");

    private T ReadEnum<T>(string key, T defaultValue)
        where T : struct, Enum => Find(key) is not { } text
            ? defaultValue
            : MemberName.TryParse(text, out T member)
                ? member
                : throw Invalid(key, text, $"expected one of {string.Join(", ", Enum.GetNames<T>())}");

    private RgbValues ReadRgb(string key, RgbValues defaultValue)
    {
        if (Find(key) is not { } text)
        {
            return defaultValue;
        }

        float[] values = [.. text.Split(',').Select(part => float.TryParse(part, CultureInfo.InvariantCulture, out float value) ? value : float.NaN)];
        return values.Length == 3 && Array.TrueForAll(values, float.IsFinite)
            ? new(values[0], values[1], values[2])
            : throw Invalid(key, text, "expected three numbers with commas between them");
    }

    private WeightsFormatException Invalid(string key, string value, string expected) =>
        new(WeightsFormatError.InvalidMetadata, _checkpoint.Source, $"its metadata says '{key}' '{value}'; {expected}.");
}
