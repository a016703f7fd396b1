using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Classification;

/// <summary>Is a checked copy of a classifier's options together with the network of its model.</summary>
internal sealed record ClassifierSettings(EngineSettings Engine, float UnknownThreshold)
{
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static ClassifierSettings Create(ImageClassifierOptions? options, Func<EngineSettings> find)
    {
        options ??= new();

        // A wrong option is found before a model is read.
        EngineSettings.RequireNone([
            float.IsFinite(options.UnknownThreshold) ? null : FormattableString.Invariant($"UnknownThreshold is {options.UnknownThreshold}; expected a finite number."),
            EngineSettings.ThreadsOutOfRange(options.MaxDegreeOfParallelism),
        ], nameof(options));
        EngineSettings engine = find() with
        {
            MaxDegreeOfParallelism = options.MaxDegreeOfParallelism ?? Environment.ProcessorCount,
            Runtime = options.Runtime,
        };
        return new(engine, options.UnknownThreshold);
    }
}
