using System.IO.Hashing;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Reads a small model, so that the code of other libraries which any model needs is compiled.</summary>
internal static class ModelWarmUp
{
    /// <summary>A convolution with its weights, an input, an output, and metadata.</summary>
    private const string Model =
        "CAg6YAooCgF4CgF3EgF5GgFuIgRDb252KggKAWEYAaABAioKCgFiQgIBAaABBxIBZyoPCgIBARABQgF3SgQAAAAAWg8KAXgSCgoICAESBAoCCAFiDwoBeRIKCggIARIECgII" +
        "AUICEA1yBgoBaxIBdg==";

    /// <summary>Long enough for vector instructions.</summary>
    private const int BlockLength = 256;

    /// <summary>Computes a checksum, and reads the model.</summary>
    /// <returns>The model.</returns>
    internal static ModelProto Run()
    {
        _ = Crc32.HashToUInt32(stackalloc byte[BlockLength]);
        ReadOnlySpan<byte> content = Convert.FromBase64String(Model);
        return OnnxBytes.Parse(content);
    }
}
