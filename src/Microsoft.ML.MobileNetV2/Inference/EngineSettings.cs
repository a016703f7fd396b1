using System.Globalization;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxRuntime;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Is a checked copy of an engine's options, in which every default is replaced by what it stands for.</summary>
internal sealed record EngineSettings(
    NetworkSpecification Network,
    ImagePreprocessing Preprocessing,
    ImageDecodingOptions Decoding,
    int MaxDegreeOfParallelism,
    Action<SessionOptions>? ConfigureSession)
{
    private const int MostThreads = 1024;

    /// <summary>Gets the names of the output's numbers; empty where they have none.</summary>
    internal IReadOnlyList<string> OutputNames { get; init; } = [];

    /// <summary>Gets what the network's head was trained for, in the words of whoever trained it; empty where there is none.</summary>
    internal string HeadOrigin { get; init; } = string.Empty;

    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static EngineSettings Create(MobileNetV2NetworkOptions options, MobileNetV2Output output, params IEnumerable<string> otherViolations)
    {
        MobileNetV2Weights weights = options.Weights ?? MobileNetV2Weights.Bundled;
        RequireNone([.. otherViolations, .. Violations(options, weights, output)], nameof(options));
        ImagePreprocessing trained = weights.Description.Preprocessing;
        ImagePreprocessing preprocessing = trained with { InputSize = options.InputSize ?? trained.InputSize, Resize = options.Resize ?? trained.Resize };
        return new(
            new NetworkSpecification(weights, preprocessing.InputSize, output),
            preprocessing,
            options.Decoding,
            options.MaxDegreeOfParallelism ?? Environment.ProcessorCount,
            options.ConfigureSession)
        {
            OutputNames = IsOfClassifier(output) ? weights.Description.ClassNames : [],
        };
    }

    internal static string? Undefined<T>(string name, T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? null : $"{name} is {value}; expected one of {string.Join(", ", Enum.GetNames<T>())}.";

    internal static string? ThreadsOutOfRange(int? count) => OutOfRange(nameof(MaxDegreeOfParallelism), count, 1, MostThreads);

    /// <exception cref="ArgumentException">There are violations; the message lists all of them.</exception>
    internal static void RequireNone(IEnumerable<string?> violations, string parameterName)
    {
        string[] found = [.. violations.OfType<string>()];
        if (found.Length > 0)
        {
            throw new ArgumentException($"The options are not valid: {string.Join(" ", found)}", parameterName);
        }
    }

    internal ImageEngine CreateEngine() => new(
        new ImagePreprocessor(Preprocessing, Decoding),
        new NetworkSession(Network, ConfigureSession));

    private static IEnumerable<string> Violations(MobileNetV2NetworkOptions options, MobileNetV2Weights weights, MobileNetV2Output output)
    {
        string?[] found =
        [
            options.Decoding is null ? "Decoding is null." : null,
            Undefined("Output", output),
            options.Resize is { } resize ? Undefined(nameof(options.Resize), resize) : null,
            OutOfRange(nameof(options.InputSize), options.InputSize, MobileNetV2Architecture.MinInputSize, MobileNetV2Architecture.MaxInputSize),
            ThreadsOutOfRange(options.MaxDegreeOfParallelism),
            IsOfClassifier(output) && weights.ClassCount == 0
                ? $"Output is {output}, but the weights '{weights.Description.Name}' have no classifier."
                : null,
        ];
        return found.OfType<string>();
    }

    private static bool IsOfClassifier(MobileNetV2Output output) => output is MobileNetV2Output.ClassScores or MobileNetV2Output.ClassLogits;

    private static string? OutOfRange(string name, int? value, int smallest, int largest) => value < smallest || value > largest
        ? string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; expected {smallest} to {largest}.")
        : null;
}
