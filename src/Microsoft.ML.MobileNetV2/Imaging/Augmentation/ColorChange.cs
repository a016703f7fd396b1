namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Holds what is done to the colors of a view, in the order of the properties, with the formulas of torchvision.</summary>
internal sealed record ColorChange
{
    internal static ColorChange None { get; } = new();

    /// <summary>Gets what levels are multiplied with; 1 leaves them.</summary>
    internal float Brightness { get; init; } = 1;

    /// <summary>Gets what differences from the mean gray of the image are multiplied with; 1 leaves them.</summary>
    internal float Contrast { get; init; } = 1;

    /// <summary>Gets what differences of a pixel from its gray are multiplied with; 1 leaves them.</summary>
    internal float Saturation { get; init; } = 1;

    /// <summary>Gets how far the hue moves, as a fraction of the circle of colors; 0 leaves it.</summary>
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
