using Microsoft.ML.MobileNetV2.Models;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Defines the names of the columns that exist only inside a saved featurizer.</summary>
internal static class SavedColumns
{
    /// <summary>A copy of the user's image column: custom mappings read columns by a fixed name.</summary>
    internal const string Image = "MobileNetV2.Image";

    /// <summary>One number that means nothing: ML.NET saves no ONNX model without an input, and the settings have none.</summary>
    internal const string Start = "MobileNetV2.Start";

    /// <summary>JSON of <see cref="SavedSettings"/>, the same in each row.</summary>
    internal const string Settings = "MobileNetV2.Settings";

    /// <summary>The network's input, (3, size, size).</summary>
    internal const string Pixels = "MobileNetV2.Pixels";
}
