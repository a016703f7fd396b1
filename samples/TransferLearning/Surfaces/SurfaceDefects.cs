using System.Globalization;

namespace TransferLearning.Surfaces;

/// <summary>Draws the image set that the sample uses when it is given none: surfaces that are clean or damaged.</summary>
/// <remarks>Material, color, light and exposure vary from image to image, so that color and brightness say nothing about the class.</remarks>
internal static class SurfaceDefects
{
    private const int ImagesPerClass = 60;
    private static readonly (string Name, Action<Surface, Random> Damage)[] Classes =
    [
        ("clean", (_, _) => { }),
        ("crack", Defects.Crack),
        ("dent", Defects.Dent),
        ("scratch", Defects.Scratch),
        ("stain", Defects.Stain),
    ];

    /// <summary>Gets the number of images of the set.</summary>
    internal static int Count => Classes.Length * ImagesPerClass;

    /// <summary>Draws the set into a folder, one sub-folder a class; the same images each time.</summary>
    internal static void Draw(string folder)
    {
        foreach ((string className, _) in Classes)
        {
            Directory.CreateDirectory(Path.Combine(folder, className));
        }

        Parallel.For(0, Count, number =>
        {
            string className = Classes[number % Classes.Length].Name;
            string fileName = string.Create(CultureInfo.InvariantCulture, $"{className}-{number / Classes.Length:00}.jpg");
            DrawOne(number, Path.Combine(folder, className, fileName));
        });
    }

    /// <summary>Draws one image of the set; its number decides on its class and on everything else.</summary>
    internal static void DrawOne(int number, string path)
    {
        Random random = new(number);
        Surface surface = Material.Create(random);
        Classes[number % Classes.Length].Damage(surface, random);
        new Camera(random).TakeImage(surface, path);
    }
}
