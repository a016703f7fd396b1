using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Makes ML.NET's custom mappings take images of a fixed size, as ResizeImages outputs them: each size is a type that ML.NET has to know.</summary>
internal static class FixedSizeImages
{
    /// <summary>The largest side of the squares that are registered when a model is loaded: nothing in it tells the size that comes.</summary>
    private const int LargestSide = 1024;

    private static readonly Lazy<bool> AreSquaresRegistered = new(RegisterSquares);

    /// <summary>Registers every square size that a loaded model is likely to get.</summary>
    internal static bool EnsureSquares() => AreSquaresRegistered.Value;

    /// <summary>Registers the size of a type that has one.</summary>
    internal static void Register(DataViewType type)
    {
        if (type is ImageDataViewType { Height: > 0, Width: > 0 } image)
        {
            // The attribute that a user's own class has for the size: ML.NET takes one name for a type, but that as often as it comes.
            new ImageTypeAttribute(image.Height, image.Width).Register();
        }
    }

    private static bool RegisterSquares()
    {
        for (int side = 1; side <= LargestSide; side++)
        {
            new ImageTypeAttribute(side, side).Register();
        }

        return true;
    }
}
