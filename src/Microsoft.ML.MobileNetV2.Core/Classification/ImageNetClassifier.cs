using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Classification;

/// <summary>Makes the settings of a classifier from weights that have one themselves.</summary>
internal static class ImageNetClassifier
{
    /// <summary>The input size at which the classifier of the default weights is most accurate; their features gain nothing from it.</summary>
    private const int DefaultInputSize = 224;

    /// <exception cref="ArgumentException">Options are out of range, or the weights are not of ImageNet; the message lists all of it.</exception>
    internal static ClassifierSettings Create(ImageNetClassifierOptions? options)
    {
        options ??= new();
        OptionsValidator validator = new();
        validator.RequireFinite(options.UnknownThreshold, nameof(options.UnknownThreshold));
        MobileNetV2Weights weights = WithNames(options.Weights ?? MobileNetV2Weights.Bundled, validator);
        EngineSettings settings = EngineSettings.Create(options, MobileNetV2Output.ClassScores, validator);
        int size = options.InputSize ?? (weights == MobileNetV2Weights.Bundled ? DefaultInputSize : settings.Preprocessing.InputSize);
        return new(
            settings with
            {
                Network = new(weights, size, MobileNetV2Output.ClassScores),
                Preprocessing = settings.Preprocessing with { InputSize = size },
            },
            options.UnknownThreshold);
    }

    private static MobileNetV2Weights WithNames(MobileNetV2Weights weights, OptionsValidator validator)
    {
        if (weights.ClassCount == 0 || weights.Description.ClassNames.Count > 0)
        {
            return weights;
        }

        IReadOnlyList<string> names = ImageNetClasses.NamesOf(weights.ClassCount);
        if (names.Count == 0)
        {
            validator.Add(
                $"The weights '{weights.Description.Name}' have {weights.ClassCount} classes without names; ImageNet has 1000, or 1001 with a background. " +
                "Name them with WithDescription.");
            return weights;
        }

        return weights.WithDescription(weights.Description with { ClassNames = names });
    }
}
