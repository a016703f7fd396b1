using System.Buffers.Text;
using System.IO.Hashing;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Reads a small model, so that the code of other libraries which any model needs is compiled.</summary>
internal static class ModelWarmUp
{
    /// <summary>A convolution with its weights, an input, an output, and metadata.</summary>
    private const string Model =
        "CAg6YAooCgF4CgF3EgF5GgFuIgRDb252KggKAWEYAaABAioKCgFiQgIBAaABBxIBZyoPCgIBARABQgF3SgQAAAAAWg8KAXgSCgoICAESBAoCCAFiDwoBeRIKCggIARIECgII" +
        "AUICEA1yBgoBaxIBdg==";

    private const string Settings =
        """{"Preprocessing":{"InputSize":192,"Resize":"Stretch","Mean":{"Red":0.5,"Green":0.5,"Blue":0.5}},"Decoding":{"MaxPixelCount":1,"UseScaledDecoding":true}}""";

    private const int MaxSettingsLength = 1 << 12;

    /// <summary>Long enough for vector instructions.</summary>
    private const int BlockLength = 256;

    private static readonly Dictionary<string, string> Metadata = new(StringComparer.Ordinal)
    {
        ["width_multiplier"] = "1",
        ["padding"] = "same",
        ["input_size"] = "192",
        ["resize"] = "CenterCrop",
        ["mean"] = "0.5,0.5,0.5",
        ["class_names"] = "[\"a\"]",
    };

    private static ReadOnlySpan<byte> InputSize => "\"InputSize\":"u8;

    /// <summary>Computes a checksum, and reads the model and its settings.</summary>
    internal static void Run()
    {
        _ = Crc32.HashToUInt32(stackalloc byte[BlockLength]);
        ReadModel();
        ReadSettings();
        WeightsMetadata.Read(new(nameof(ModelWarmUp), new Dictionary<string, WeightTensor>(), Metadata));
    }

    internal static ModelProto ReadModel()
    {
        ReadOnlySpan<byte> content = Convert.FromBase64String(Model);
        return OnnxBytes.Parse(content);
    }

    internal static SavedSettings ReadSettings() => SavedSettings.FromJson(Settings);

    /// <summary>Returns the size of images that a part of a model names; null where it names none.</summary>
    /// <remarks>The settings stand before the weights, which take long to read.</remarks>
    internal static int? FindInputSize(ReadOnlySpan<byte> part)
    {
        int start = part.Length <= MaxSettingsLength ? part.IndexOf(InputSize) : -1;
        return start >= 0 && Utf8Parser.TryParse(part[(start + InputSize.Length)..], out int size, out _)
            && size is >= MobileNetV2Architecture.MinInputSize and <= MobileNetV2Architecture.MaxInputSize ? size : null;
    }
}
