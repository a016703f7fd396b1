namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents the changes to the colors of a view, applied in the order of the properties with the formulas of torchvision.</summary>
internal sealed record ColorChange
{
    internal static ColorChange None { get; } = new();

    /// <summary>Gets the factor for levels; 1 leaves them unchanged.</summary>
    internal float Brightness { get; init; } = 1;

    /// <summary>Gets the factor for differences from the mean gray of the image; 1 leaves them unchanged.</summary>
    internal float Contrast { get; init; } = 1;

    /// <summary>Gets the factor for differences of a pixel from its own gray; 1 leaves them unchanged.</summary>
    internal float Saturation { get; init; } = 1;

    /// <summary>Gets the shift of the hue, as a fraction of the color wheel; 0 leaves it unchanged.</summary>
    internal float HueShift { get; init; }

    internal bool IsNone => this == None;

    /// <summary>Changes planes of levels in place.</summary>
    /// <param name="planes">Shape (3, H, W), levels from 0 to 255.</param>
    internal void Apply(Span<float> planes)
    {
        if (Brightness != 1)
        {
            ColorPlanes.Transform(planes, new BlendKernel(Brightness, gray: 0));
        }

        if (Contrast != 1)
        {
            ColorPlanes.Transform(planes, new BlendKernel(Contrast, ColorPlanes.MeanGray(planes)));
        }

        if (Saturation != 1)
        {
            ColorPlanes.Transform(planes, new SaturationKernel(Saturation));
        }

        if (HueShift != 0)
        {
            ColorPlanes.Transform(planes, new HueKernel(HueShift));
        }
    }
}
