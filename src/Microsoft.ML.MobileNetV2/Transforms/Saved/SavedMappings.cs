using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Holds the names under which ML.NET finds the mappings below when it loads a model; a released name never changes.</summary>
internal static class SavedMappings
{
    internal const string Start = "Microsoft.ML.MobileNetV2.Start";
    internal const string Path = "Microsoft.ML.MobileNetV2.Path";
    internal const string Encoded = "Microsoft.ML.MobileNetV2.Encoded";
    internal const string Image = "Microsoft.ML.MobileNetV2.Image";
    internal const string Pixels = "Microsoft.ML.MobileNetV2.Pixels";

    internal static Action<TRow, NetworkInputRow> Create<TRow>(Action<TRow, ImageInput> setInput)
        where TRow : SettingsRow
    {
        // ML.NET calls a mapping from several threads, and each has a buffer of its own.
        ThreadLocal<ImageInput> inputs = new(() => new ImageInput());
        return (row, output) =>
        {
            ImageInput input = inputs.Value!;
            setInput(row, input);
            SavedPreprocessor.For(row).Process(input, output);
        };
    }
}

/// <summary>Makes the column that the settings' model takes.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Start)]
internal sealed class StartMapping : CustomMappingFactory<NoColumns, StartRow>
{
    public override Action<NoColumns, StartRow> GetMapping() => (_, output) => output.Start = [0];
}

/// <summary>Preprocesses images that are given as paths.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Path)]
internal sealed class PathMapping : CustomMappingFactory<SavedPathRow, NetworkInputRow>
{
    public override Action<SavedPathRow, NetworkInputRow> GetMapping() =>
        SavedMappings.Create<SavedPathRow>((row, input) => input.SetPath(row.Image.ToString()));
}

/// <summary>Preprocesses encoded images.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Encoded)]
internal sealed class EncodedMapping : CustomMappingFactory<SavedEncodedRow, NetworkInputRow>
{
    public override Action<SavedEncodedRow, NetworkInputRow> GetMapping() =>
        SavedMappings.Create<SavedEncodedRow>((row, input) => input.CopyEncoded(row.Image));
}

/// <summary>Preprocesses images in memory.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Image)]
internal sealed class ImageMapping : CustomMappingFactory<SavedImageRow, NetworkInputRow>
{
    public override Action<SavedImageRow, NetworkInputRow> GetMapping() =>
        SavedMappings.Create<SavedImageRow>((row, input) => input.SetImage(row.Image));
}

/// <summary>Preprocesses vectors of pixels.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Pixels)]
internal sealed class PixelMapping : CustomMappingFactory<SavedPixelRow, NetworkInputRow>
{
    public override Action<SavedPixelRow, NetworkInputRow> GetMapping() =>
        SavedMappings.Create<SavedPixelRow>((row, input) => input.CopyPixels(row.Image));
}
