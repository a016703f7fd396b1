using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Classification;

/// <summary>Represents a validated copy of a classifier's options, with the network of its model.</summary>
internal sealed record ClassifierSettings(EngineSettings Engine, float UnknownThreshold)
{
    internal LabelMode LabelMode => Engine.Network.Head?.LabelMode ?? LabelMode.SingleLabel;

    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static ClassifierSettings Create(ImageClassifierOptions? options, Func<EngineSettings> find)
    {
        options ??= new();

        // A wrong option is found before a model is read.
        OptionsValidator validator = new();
        validator.RequireFinite(options.UnknownThreshold, nameof(options.UnknownThreshold));
        options.Limits.Validate(validator);
        EngineSettings.ValidateThreads(options.MaxDegreeOfParallelism, validator);
        validator.ThrowIfAny(nameof(options));
        EngineSettings engine = find() with
        {
            MaxDegreeOfParallelism = options.MaxDegreeOfParallelism ?? Environment.ProcessorCount,
            Runtime = options.Runtime,
        };
        return new(engine, options.UnknownThreshold);
    }
}
