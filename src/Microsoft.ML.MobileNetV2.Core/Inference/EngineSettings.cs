using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Represents a validated copy of an engine's options, with every default resolved.</summary>
/// <param name="Network">The network.</param>
/// <param name="Preprocessing">The preprocessing from an image to the network's input.</param>
/// <param name="Decoding">The limits for decoding.</param>
internal sealed record EngineSettings(NetworkSpecification Network, ImagePreprocessing Preprocessing, ImageDecodingOptions Decoding)
{
    private const int MostThreads = 1024;

    /// <summary>Gets the number of threads that process images: images at once, or the most that work on one image.</summary>
    internal int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Gets the runtime of the network; null for <see cref="InferenceRuntime.Managed"/>.</summary>
    internal InferenceRuntime? Runtime { get; init; }

    /// <summary>Gets the receiver of updates where weights must be downloaded first; null for none.</summary>
    internal IProgress<DownloadProgress>? Downloads { get; init; }

    /// <summary>Gets a value indicating whether somebody hears of damage inside of images that are accepted.</summary>
    internal bool NotesDamage { get; init; }

    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static EngineSettings Create(MobileNetV2NetworkOptions options, MobileNetV2Output output, OptionsValidator? validator = null)
    {
        MobileNetV2Weights weights = options.Weights ?? MobileNetV2Weights.Bundled;
        validator ??= new();
        Validate(options, weights, output, validator);
        validator.ThrowIfAny(nameof(options));
        ImagePreprocessing trained = weights.Description.Preprocessing;
        ImagePreprocessing preprocessing = trained with { InputSize = options.InputSize ?? trained.InputSize, Resize = options.Resize ?? trained.Resize };
        return new(new(weights, preprocessing.InputSize, output), preprocessing, options.Decoding)
        {
            MaxDegreeOfParallelism = options.MaxDegreeOfParallelism ?? Environment.ProcessorCount,
            Runtime = options.Runtime,
        };
    }

    internal static void ValidateThreads(int? count, OptionsValidator validator) =>
        validator.RequireInRange(count, nameof(MaxDegreeOfParallelism), 1, MostThreads);

    /// <summary>Loads the network.</summary>
    /// <param name="owner">The name of the public type that the user disposes, for messages.</param>
    internal ImageEngine CreateEngine(string owner)
    {
        ExpectedInputSize.OfProcess.Set(Network.InputSize);
        if (!Network.Weights.IsLoaded)
        {
            Network.Weights.Load(Downloads);
        }

        InferenceRuntime runtime = Runtime ?? InferenceRuntime.Managed;
        return CreateEngine(runtime.Load(Network, MaxDegreeOfParallelism), Network.OutputCount, owner);
    }

    /// <summary>Creates an engine for a network that is loaded already.</summary>
    /// <param name="network">The network; disposed by the engine.</param>
    /// <param name="outputCount">The numbers of its output.</param>
    /// <param name="owner">The name of the public type that the user disposes, for messages.</param>
    internal ImageEngine CreateEngine(INetwork network, int outputCount, string owner) =>
        new(new ImagePreprocessor(Preprocessing, Decoding) { NotesDamage = NotesDamage }, new NetworkPool(network, owner), outputCount);

    private static void Validate(MobileNetV2NetworkOptions options, MobileNetV2Weights weights, MobileNetV2Output output, OptionsValidator validator)
    {
        if (options.Decoding is null)
        {
            validator.Add("Decoding is null.");
        }

        validator.RequireDefined(output, "Output");
        if (options.Resize is { } resize)
        {
            validator.RequireDefined(resize, nameof(options.Resize));
        }

        validator.RequireInRange(options.InputSize, nameof(options.InputSize), MobileNetV2Architecture.MinInputSize, MobileNetV2Architecture.MaxInputSize);
        ValidateThreads(options.MaxDegreeOfParallelism, validator);
        if (NetworkSpecification.IsOfClassifier(output) && weights.ClassCount == 0)
        {
            validator.Add($"Output is {output}, but the weights '{weights.Description.Name}' have no classifier.");
        }
    }
}
