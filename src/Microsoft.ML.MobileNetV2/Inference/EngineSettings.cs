using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is a checked copy of an engine's options, in which every default is replaced by what it stands for.</summary>
internal sealed record EngineSettings(
    MobileNetV2Weights Weights,
    ImagePreprocessing Preprocessing,
    MobileNetV2Output Output,
    ImageDecodingOptions Decoding,
    int MaxDegreeOfParallelism,
    Action<SessionOptions>? ConfigureSession)
{
    private const int MostThreads = 1024;

    internal IReadOnlyList<int> OutputShape => NetworkLayers.OutputShape(Weights, Preprocessing.InputSize, Output);

    /// <summary>Gets the names of the output's numbers; empty where they have none.</summary>
    internal IReadOnlyList<string> OutputNames => IsOfClassifier(Output) ? Weights.Description.ClassNames : [];

    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static EngineSettings Create(MobileNetV2EngineOptions options, params IEnumerable<string> otherViolations)
    {
        MobileNetV2Weights weights = options.Weights ?? MobileNetV2Weights.Bundled;
        string[] violations = [.. otherViolations, .. Violations(options, weights)];
        if (violations.Length > 0)
        {
            throw new ArgumentException($"The options are not valid: {string.Join(" ", violations)}", nameof(options));
        }

        ImagePreprocessing preprocessing = weights.Description.Preprocessing;
        return new(
            weights,
            preprocessing with { InputSize = options.InputSize ?? preprocessing.InputSize, Resize = options.Resize ?? preprocessing.Resize },
            options.Output,
            options.Decoding,
            options.MaxDegreeOfParallelism ?? Environment.ProcessorCount,
            options.ConfigureSession);
    }

    internal static string? Undefined<T>(string name, T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? null : $"{name} is {value}; expected one of {string.Join(", ", Enum.GetNames<T>())}.";

    internal ImageEngine CreateEngine() => new(
        new ImagePreprocessor(Preprocessing, Decoding),
        new NetworkSession(Weights, Preprocessing.InputSize, Output, ConfigureSession));

    private static IEnumerable<string> Violations(MobileNetV2EngineOptions options, MobileNetV2Weights weights)
    {
        string?[] found =
        [
            options.Decoding is null ? "Decoding is null." : null,
            Undefined(nameof(options.Output), options.Output),
            options.Resize is { } resize ? Undefined(nameof(options.Resize), resize) : null,
            OutOfRange(nameof(options.InputSize), options.InputSize, MobileNetV2Architecture.MinInputSize, MobileNetV2Architecture.MaxInputSize),
            OutOfRange(nameof(options.MaxDegreeOfParallelism), options.MaxDegreeOfParallelism, 1, MostThreads),
            IsOfClassifier(options.Output) && weights.ClassCount == 0
                ? $"Output is {options.Output}, but the weights '{weights.Description.Name}' have no classifier."
                : null,
        ];
        return found.OfType<string>();
    }

    private static bool IsOfClassifier(MobileNetV2Output output) => output is MobileNetV2Output.ClassScores or MobileNetV2Output.ClassLogits;

    private static string? OutOfRange(string name, int? value, int smallest, int largest) => value < smallest || value > largest
        ? string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; expected {smallest} to {largest}.")
        : null;
}
