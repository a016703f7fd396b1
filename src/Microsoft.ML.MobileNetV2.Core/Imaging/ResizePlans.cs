namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Creates plans for images and views, and keeps the last plain one: images of one data set tend to have the same size.</summary>
/// <remarks>Safe for use by several threads at once: a plan that another thread replaces stays valid for whoever holds it.</remarks>
internal sealed class ResizePlans(ImagePreprocessing preprocessing)
{
    private volatile ResizePlan? _lastPlain;

    /// <summary>Places both axes of an upright image in the square, or those of its view.</summary>
    internal (AxisPlacement X, AxisPlacement Y) Place(ImageLayout layout, ImageView? view)
    {
        ISquarePlacement placement = view?.Crop is { } crop ? crop : PlainPlacement.Instance;
        return placement.Place(layout.UprightSize.Width, layout.UprightSize.Height, preprocessing);
    }

    /// <summary>Returns the plan for an image that is decoded at its full size.</summary>
    internal ResizePlan PlanFor(ImageLayout layout, ImageView? view) => PlanFor(layout, view, Place(layout, view));

    /// <param name="layout">How the image is stored.</param>
    /// <param name="view">What is shown of it; null for the plain image.</param>
    /// <param name="square">Where <see cref="Place"/> put the axes of the image.</param>
    internal ResizePlan PlanFor(ImageLayout layout, ImageView? view, (AxisPlacement X, AxisPlacement Y) square)
    {
        if (view?.Crop is not null)
        {
            return ResizePlan.Create(layout, square, preprocessing.Interpolation);
        }

        ResizePlan? plan = _lastPlain;
        if (plan is null || plan.Layout != layout)
        {
            plan = ResizePlan.Create(layout, square, preprocessing.Interpolation);
            _lastPlain = plan;
        }

        return plan;
    }
}
