using System.Globalization;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is a checked copy of the options, in which every default is replaced by what it stands for.</summary>
internal sealed record FeaturizerSettings(
    string OutputColumnName,
    string InputColumnName,
    MobileNetV2Weights Weights,
    ImagePreprocessing Preprocessing,
    MobileNetV2Output Output,
    UnreadableImageHandling UnreadableImages,
    Action<UnreadableImage>? OnUnreadableImage,
    ImageDecodingOptions Decoding,
    int MaxDegreeOfParallelism)
{
    private const int MostThreads = 1024;

    internal IReadOnlyList<int> OutputShape => NetworkLayers.OutputShape(Weights, Preprocessing.InputSize, Output);

    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static FeaturizerSettings Create(MobileNetV2FeaturizerOptions options)
    {
        MobileNetV2Weights weights = options.Weights ?? MobileNetV2Weights.Bundled;
        string[] violations = [.. Violations(options, weights)];
        if (violations.Length > 0)
        {
            throw new ArgumentException($"The options are not valid: {string.Join(" ", violations)}", nameof(options));
        }

        ImagePreprocessing preprocessing = weights.Description.Preprocessing;
        return new(
            options.OutputColumnName,
            options.InputColumnName ?? options.OutputColumnName,
            weights,
            preprocessing with
            {
                InputSize = options.InputSize ?? preprocessing.InputSize,
                Resize = options.Resize ?? preprocessing.Resize,
            },
            options.Output,
            options.UnreadableImages,
            options.OnUnreadableImage,
            options.Decoding,
            options.MaxDegreeOfParallelism ?? Environment.ProcessorCount);
    }

    private static IEnumerable<string> Violations(MobileNetV2FeaturizerOptions options, MobileNetV2Weights weights)
    {
        string?[] found =
        [
            string.IsNullOrEmpty(options.OutputColumnName) ? "OutputColumnName is empty." : null,
            options.InputColumnName is "" ? "InputColumnName is empty; null stands for the output column's name." : null,
            options.Decoding is null ? "Decoding is null." : null,
            Undefined(nameof(options.Output), options.Output),
            Undefined(nameof(options.UnreadableImages), options.UnreadableImages),
            options.Resize is { } resize ? Undefined(nameof(options.Resize), resize) : null,
            OutOfRange(
                nameof(options.InputSize), options.InputSize, MobileNetV2Architecture.MinInputSize, MobileNetV2Architecture.MaxInputSize),
            OutOfRange(nameof(options.MaxDegreeOfParallelism), options.MaxDegreeOfParallelism, 1, MostThreads),
            IsOfClassifier(options.Output) && weights.ClassCount == 0
                ? $"Output is {options.Output}, but the weights '{weights.Description.Name}' have no classifier."
                : null,
        ];
        return found.OfType<string>();
    }

    private static bool IsOfClassifier(MobileNetV2Output output) => output is MobileNetV2Output.ClassScores or MobileNetV2Output.ClassLogits;

    private static string? Undefined<T>(string name, T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? null : $"{name} is {value}; expected one of {string.Join(", ", Enum.GetNames<T>())}.";

    private static string? OutOfRange(string name, int? value, int smallest, int largest) => value < smallest || value > largest
        ? string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; expected {smallest} to {largest}.")
        : null;
}
