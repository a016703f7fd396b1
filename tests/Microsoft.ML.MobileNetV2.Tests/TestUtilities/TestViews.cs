using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Draws views that do everything, or nothing.</summary>
internal static class TestViews
{
    internal static readonly ImageAugmentationOptions AllOff = new()
    {
        HorizontalFlip = false,
        MinCropScale = 1,
        MaxAspectRatio = 1,
        MaxRotationDegrees = 0,
        Brightness = 0,
        Contrast = 0,
        Saturation = 0,
        Hue = 0,
    };

    private static readonly ImageAugmentationOptions Strong = new()
    {
        VerticalFlip = true,
        MinCropScale = 0.1f,
        MaxAspectRatio = 3,
        MaxRotationDegrees = 180,
        Brightness = 0.6f,
        Contrast = 0.6f,
        Saturation = 1,
        Hue = 0.5f,
    };

    internal static ImageView Draw(int number) => ImageView.Draw(Strong, image: 7, number);

    internal static ImageView Crop(ulong bits) => new() { Crop = new(MinArea: 0.3f, MaxAspectRatio: 2, bits) };
}
