using System.Globalization;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Represents a validated copy of an engine's options, with every default resolved.</summary>
/// <param name="Network">The network.</param>
/// <param name="Preprocessing">The preprocessing from an image to the network's input.</param>
/// <param name="Decoding">The limits for decoding.</param>
internal sealed record EngineSettings(NetworkSpecification Network, ImagePreprocessing Preprocessing, ImageDecodingOptions Decoding)
{
    private const int MostThreads = 1024;

    /// <summary>Gets the number of images that are processed at once.</summary>
    internal int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Gets the runtime of the network; null for the default.</summary>
    internal InferenceRuntime? Runtime { get; init; }

    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static EngineSettings Create(MobileNetV2NetworkOptions options, MobileNetV2Output output, params IEnumerable<string> otherViolations)
    {
        MobileNetV2Weights weights = options.Weights ?? MobileNetV2Weights.Bundled;
        RequireNone([.. otherViolations, .. Violations(options, weights, output)], nameof(options));
        ImagePreprocessing trained = weights.Description.Preprocessing;
        ImagePreprocessing preprocessing = trained with { InputSize = options.InputSize ?? trained.InputSize, Resize = options.Resize ?? trained.Resize };
        return new(new(weights, preprocessing.InputSize, output), preprocessing, options.Decoding)
        {
            MaxDegreeOfParallelism = options.MaxDegreeOfParallelism ?? Environment.ProcessorCount,
            Runtime = options.Runtime,
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

    /// <summary>Loads the network.</summary>
    /// <param name="owner">The name of the public type that the user disposes, for messages.</param>
    internal ImageEngine CreateEngine(string owner)
    {
        InferenceRuntime runtime = Runtime ?? InferenceRuntime.Default ?? throw new InvalidOperationException("There is no inference runtime.");
        return new(new ImagePreprocessor(Preprocessing, Decoding), new NetworkPool(runtime.Load(Network), owner), Network.OutputCount);
    }

    private static IEnumerable<string> Violations(MobileNetV2NetworkOptions options, MobileNetV2Weights weights, MobileNetV2Output output)
    {
        string?[] found =
        [
            options.Decoding is null ? "Decoding is null." : null,
            Undefined("Output", output),
            options.Resize is { } resize ? Undefined(nameof(options.Resize), resize) : null,
            OutOfRange(nameof(options.InputSize), options.InputSize, MobileNetV2Architecture.MinInputSize, MobileNetV2Architecture.MaxInputSize),
            ThreadsOutOfRange(options.MaxDegreeOfParallelism),
            NetworkSpecification.IsOfClassifier(output) && weights.ClassCount == 0
                ? $"Output is {output}, but the weights '{weights.Description.Name}' have no classifier."
                : null,
        ];
        return found.OfType<string>();
    }

    private static string? OutOfRange(string name, int? value, int smallest, int largest) => value < smallest || value > largest
        ? string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; expected {smallest} to {largest}.")
        : null;
}
